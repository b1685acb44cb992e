"""The pages of governance: bodies, rules, mandates."""

import pytest
from tests import cast
from tests.web.activity import said
from tests.web.structures.governance import *  # noqa: F403
from tests.web.structures.governance import BODY

from maillage.apps.governance.models import Body, Mandate, VotingRules
from maillage.apps.structures.models import LegalEntity, Member
from maillage.web.exports import XLSX_TYPE


def test_an_empty_page_says_what_to_do_first(porteuse, visitor):
    assert "Commencez par ce que nomment vos statuts" in said(porteuse.get(""))
    assert "Commencez" not in said(visitor("membre").get(""))


def test_a_body_is_added_then_its_mandates_make_the_organigram(porteuse, mandate):
    page = said(porteuse.get(""))
    assert "Porteuse Exemple , Présidence" in page
    assert "2 sièges à pourvoir" in page


def test_the_only_legal_person_is_already_chosen(people, porteuse):
    entity = LegalEntity.objects.create(structure=people.structure, form="association_1901", nom="Pôle santé")
    page = porteuse.get("organes/nouveau/", nature="bureau")
    chosen = [each.attrs["value"] for each in page.all("option") if "selected" in each.attrs]
    assert chosen == ["bureau", str(entity.pk)]


def test_a_wrong_body_keeps_what_was_typed(porteuse):
    page = porteuse.posted("organes/nouveau/", {**BODY, "seats": "beaucoup"}, status=422)
    assert page.one("input", id="champ-seats").attrs["value"] == "beaucoup"
    assert "nombre entier" in page.one("input", id="champ-seats").described(page)
    assert not Body.objects.exists()


def test_rules_stay_to_confirm_until_they_are_typed(porteuse, bureau):
    porteuse.posted(f"organes/{bureau.pk}/regles/nouvelles/", {"nom": "Décisions ordinaires", "quorum": "1/3"})
    page = said(porteuse.get(f"organes/{bureau.pk}/"))
    assert "1/3" in page
    assert page.count("à confirmer") >= 6
    rules = VotingRules.objects.get()
    form = porteuse.get(f"regles/{rules.pk}/modifier/")
    assert form.one("input", id="champ-quorum").attrs["value"] == "1/3"
    assert form.one("input", id="champ-powers_most").attrs["value"] == ""


def test_a_mandate_ends_with_a_reason_and_stays_in_the_history(porteuse, mandate):
    page = porteuse.posted(f"mandats/{mandate.pk}/terminer/", {"ended_on": "2026-11-22", "ended_why": "demission"})
    assert "démission" in said(page)
    mandate.refresh_from_db()
    assert mandate.ended_why == "demission"
    porteuse.posted(f"mandats/{mandate.pk}/reprendre/")
    mandate.refresh_from_db()
    assert mandate.ended_on is None


def test_what_is_removed_is_put_back_from_the_page(porteuse, mandate):
    page = porteuse.posted(f"mandats/{mandate.pk}/retirer/")
    assert "est retiré" in said(page)
    assert not Mandate.objects.exists()
    porteuse.posted("retablir/", {"quoi": "mandat", "cle": str(mandate.pk)})
    assert Mandate.objects.get().pk == mandate.pk


def test_mandates_are_filtered_and_exported(porteuse, mandate):
    assert "1 mandat sur 1" in said(porteuse.get("mandats/"))
    assert "Aucun mandat ne correspond" in said(porteuse.get("mandats/", etat="finis"))
    text = porteuse.raw("mandats/", format="csv").content.decode()
    assert "Présidence" in text
    assert "2029-11-22" in text
    assert porteuse.raw("mandats/", format="xlsx")["Content-Type"] == XLSX_TYPE
    assert porteuse.raw("mandats/", format="pdf").status_code == 404


@pytest.mark.parametrize("path", ["", "mandats/", "organes/{0}/"])
def test_the_team_reads_and_an_authority_finds_nothing(visitor, bureau, path, people):
    people.projet.state = "partage"
    people.projet.save()
    visitor("membre").get(path.format(bureau.pk))
    visitor("instructrice").get(path.format(bureau.pk), status=404)
    visitor("stranger").get(path.format(bureau.pk), status=404)


def test_the_pages_ask_as_many_questions_whatever_their_length(
    porteuse, people, bureau, mandate, django_assert_max_num_queries
):
    for rank in range(60):
        member = Member.objects.create(
            structure=people.structure, nom=f"Membre {rank:02d}", metier="infirmier", joined_on=cast.TODAY
        )
        Mandate.objects.create(body=bureau, member=member, function="Membre", since=cast.TODAY)
    for path in ("", "mandats/", f"organes/{bureau.pk}/"):
        with django_assert_max_num_queries(25):
            porteuse.get(path)
    assert "Page suivante" in said(porteuse.get("mandats/"))
    assert "Page précédente" in said(porteuse.get("mandats/", page="2"))
