"""The pages of the life of a protocol: opinions, publication, uses, library, national protocols."""

import datetime
import io

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast
from tests.web.activity import *  # noqa: F403
from tests.web.activity import Visitor, said

from maillage.apps.activity.inputs import ProtocolFields, PublicationFields
from maillage.apps.activity.models import Cooperation, Protocol, ProtocolVersion
from maillage.apps.activity.services.protocol_life import publish_protocol
from maillage.apps.activity.services.protocol_sharing import share
from maillage.apps.activity.services.protocols import create_protocol
from maillage.apps.structures.models import Member

TOLD = "Madame DUPONT Jeanne, née le 12/03/1950"


def pdf_words(content):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
def draft(people):
    fields = ProtocolFields(title="Plaies", theme="Patients obèses", content="Tous : prévenir", metiers=("infirmier",))
    return create_protocol(people.structure, fields, by=people.porteuse, at=cast.NOW)


@pytest.fixture
def published(people, draft):
    given = PublicationFields(applies_on=cast.TODAY, how="En réunion")
    publish_protocol(draft, given, by=people.porteuse, at=cast.NOW)
    draft.refresh_from_db()
    return draft


def test_a_draft_is_judged_then_published_then_used(porteuse, visitor, draft):
    root = f"protocoles/{draft.pk}/"
    page = porteuse.get(root)
    asked = [box.attrs["value"] for box in page.all("input", name="membres") if "checked" in box.attrs]
    assert len(asked) == 1
    assert "1 avis attendu sur 1" in said(porteuse.posted(f"{root}soumettre/", {"membres": asked}))
    nurse = visitor("membre")
    assert "Votre avis est attendu" in said(nurse.get("protocoles/"))
    opinion = draft.opinions.get()
    page = nurse.posted(f"{root}avis/{opinion.pk}/", {"answer": "approuve"})
    assert "Tous approuvent" in said(page)
    assert "Tous les membres consultés approuvent" in said(porteuse.get(f"{root}publier/"))
    page = porteuse.posted(f"{root}publier/", {"applies_on": "2026-11-22", "review_on": "2028-11-22"})
    assert "version 1" in said(page)
    assert nurse.raw(f"{root}version-1.pdf")["Content-Type"] == "application/pdf"
    page = nurse.posted(f"{root}utilise/")
    assert "1 utilisation ce mois-ci" in said(page)
    assert "0 utilisation ce mois-ci" in said(nurse.posted(f"{root}utilise/", {"annuler": "1"}))


def test_a_change_is_asked_in_words_that_tell_no_patient(porteuse, visitor, draft, people):
    nurse = people.structure.members.get(user=people.membre)
    root = f"protocoles/{draft.pk}/"
    porteuse.post(f"{root}soumettre/", {"membres": [str(nurse.pk)]})
    address = f"{root}avis/{draft.opinions.get().pk}/"
    visitor("membre").posted(address, {"answer": "a_revoir", "comment": ""}, status=422)
    page = visitor("membre").posted(address, {"answer": "a_revoir", "comment": TOLD}, status=422)
    assert TOLD in page.one("textarea", name="comment").text
    page = porteuse.posted(address, {"answer": "a_revoir", "comment": "Dire qui prévient"})
    assert "noté par Porteuse Exemple" in said(page)
    assert "en cours d'écriture" in said(porteuse.posted(f"{root}reprendre/"))
    assert Protocol.objects.get().state == "en_cours"


def test_nobody_publishes_without_saying_how_it_was_validated(porteuse, draft):
    page = porteuse.posted(f"protocoles/{draft.pk}/publier/", {"applies_on": "2026-11-22", "how": ""}, status=422)
    assert "comment l'équipe l'a validé" in said(page)
    wrong = {"applies_on": "2026-11-22", "review_on": "2026-11-01", "how": "En réunion"}
    page = porteuse.posted(f"protocoles/{draft.pk}/publier/", wrong, status=422)
    assert page.one("input", id="champ-how").attrs["value"] == "En réunion"


def test_a_published_text_is_not_written_and_is_revised(porteuse, published):
    page = porteuse.get(f"protocoles/{published.pk}/")
    assert page.all("a", word="Écrire le texte") == []
    assert porteuse.raw(f"protocoles/{published.pk}/modifier/").status_code == 302
    page = porteuse.posted(f"protocoles/{published.pk}/reviser/")
    assert "en révision" in said(page)
    assert porteuse.raw(f"protocoles/{published.pk}/publier/").status_code == 200


def test_a_version_that_was_changed_is_not_given(porteuse, published):
    ProtocolVersion.objects.update(pdf=b"autre")
    page = porteuse.get(f"protocoles/{published.pk}/version-1.pdf", status=302)
    assert page.all("h1") == []


def test_a_retired_protocol_says_why_and_comes_back(porteuse, published):
    root = f"protocoles/{published.pk}/"
    assert "Attendu : la raison" in said(porteuse.posted(f"{root}retirer/", {"raison": ""}))
    page = porteuse.posted(f"{root}retirer/", {"raison": "Remplacé"})
    assert "Remplacé" in said(page)
    assert "en vigueur" in said(porteuse.posted(f"{root}remettre/"))


def test_the_list_says_what_the_agreement_pays_and_what_is_to_review(porteuse, published):
    page = porteuse.get("protocoles/")
    assert "1 protocole en vigueur sur un thème de l'accord, 8 payés au plus, 100 points chacun" in said(page)
    assert "Cela donne 100 points" in said(page)
    Protocol.objects.update(review_on=timezone.localdate() - datetime.timedelta(days=1))
    assert "1. Plaies" in said(porteuse.get("protocoles/", etat="a_revoir"))
    assert "Aucun protocole ne correspond" in said(porteuse.get("protocoles/", etat="retire"))
    page = porteuse.posted(f"protocoles/{published.pk}/utilise/", {"retour": "liste"})
    assert page.one("tbody").all("td", word="1")
    lines = porteuse.raw("protocoles/", format="csv").content.decode("utf-8-sig").splitlines()
    assert "Utilisations de l'année" in lines[0]


def test_what_was_published_is_not_removed(porteuse, published):
    page = porteuse.posted(f"protocoles/{published.pk}/supprimer/")
    assert "retirez-le" in said(page)
    assert Protocol.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"mois": "2026-10", "nombre": "12"}, "12"),
        ({"mois": "octobre", "nombre": "12"}, "un mois, par exemple"),
        ({"mois": "2026-10", "nombre": "beaucoup"}, "un nombre de 0"),
        ({"mois": "2099-10", "nombre": "1"}, "un mois commencé"),
    ],
)
def test_the_number_of_a_month_is_typed(porteuse, published, sent, words):
    assert words in said(porteuse.posted(f"protocoles/{published.pk}/utilisations/", sent))


def test_a_template_and_what_a_team_shares_are_copied(porteuse, published):
    page = porteuse.get("protocoles/bibliotheque/")
    assert "Aucune équipe n'a encore partagé" in said(page)
    page = porteuse.posted("protocoles/copier/", {"modele": "iatrogenie"})
    assert "bilan partagé" in page.one("textarea", name="content").text
    shared = porteuse.posted(f"protocoles/{published.pk}/partager/", {"licence": "cc_by_4"})
    assert "est dans la bibliothèque" in said(shared)
    assert "MSP de Redon, version 1" in said(porteuse.get("protocoles/bibliotheque/", theme="obesite", q="plaies"))
    porteuse.posted("protocoles/copier/", {"version": str(ProtocolVersion.objects.get().pk)})
    copy = Protocol.objects.get(origin__structure="MSP de Redon")
    assert "Copié de" in said(porteuse.get(f"protocoles/{copy.pk}/"))
    porteuse.posted(f"protocoles/{published.pk}/partager/", {"arreter": "1"})
    assert "Rien ne correspond" in said(porteuse.get("protocoles/bibliotheque/", theme="obesite", q="plaies"))
    assert porteuse.post("protocoles/copier/", {"version": str(ProtocolVersion.objects.get().pk)}).status_code == 404
    assert porteuse.post("protocoles/copier/", {"version": "rien"}).status_code == 404


def test_a_team_that_shares_nothing_of_its_names(people, published):
    version = ProtocolVersion.objects.get()
    share(version, "cc_by_4", by=people.porteuse, at=cast.NOW)
    page = said(Visitor(people.porteuse, people.projet).get("protocoles/bibliotheque/"))
    assert "Exemple" not in page


def test_a_national_protocol_is_applied_joined_declared_and_left(porteuse, people):
    page = porteuse.get("protocoles/nationaux/")
    assert "absent de l'équipe : masseur-kinésithérapeute" in said(page)
    assert "à confirmer" in said(page)
    porteuse.posted("protocoles/nationaux/odynophagie/", {"starts_on": ""}, status=422)
    porteuse.posted("protocoles/nationaux/odynophagie/", {"starts_on": "2026-01-01"})
    nurse = people.structure.members.get(user=people.membre)
    joining = {"member": str(nurse.pk), "part": "delegue", "joined_on": "2026-02-01"}
    assert "délégué, depuis le 1" in said(porteuse.posted("protocoles/nationaux/odynophagie/adherer/", joining))
    assert "adhère déjà" in said(porteuse.posted("protocoles/nationaux/odynophagie/adherer/", joining))
    assert "à déclarer à l'ARS" in said(porteuse.get("protocoles/nationaux/"))
    page = porteuse.posted(
        "protocoles/nationaux/odynophagie/", {"starts_on": "2026-01-01", "declared_on": "2026-01-05"}
    )
    assert "1 protocole appliqué, déclaré" in said(page)
    joined = Cooperation.objects.get().people.get()
    porteuse.posted(f"protocoles/nationaux/adhesions/{joined.pk}/quitter/")
    joined.refresh_from_db()
    assert joined.left_on == timezone.localdate()
    porteuse.posted(f"protocoles/nationaux/adhesions/{joined.pk}/quitter/", {"annuler": "1"})
    joined.refresh_from_db()
    assert joined.left_on is None
    assert len(porteuse.raw("protocoles/nationaux/", format="csv").content.decode("utf-8-sig").splitlines()) == 7
    stopped = {"starts_on": "2026-01-01", "declared_on": "2026-01-05", "ends_on": "2026-06-30"}
    assert "arrêté le 30 juin 2026" in said(porteuse.posted("protocoles/nationaux/odynophagie/", stopped))


def test_an_unknown_national_protocol_is_refused(porteuse):
    porteuse.posted("protocoles/nationaux/inconnu/", {"starts_on": "2026-01-01"}, status=422)
    assert porteuse.post("protocoles/nationaux/inconnu/adherer/", {}).status_code == 404


def test_an_authority_reads_the_text_and_nothing_that_the_team_keeps(people, visitor, published):
    people.projet.state = "partage"
    people.projet.save()
    reader = visitor("instructrice")
    page = reader.get(f"protocoles/{published.pk}/")
    assert "Tous : prévenir" in said(page)
    assert "Utilisations par mois" not in said(page)
    assert reader.raw("protocoles/bibliotheque/").status_code == 404
    assert reader.raw("protocoles/nationaux/").status_code == 404
    assert reader.post(f"protocoles/{published.pk}/utilise/").status_code == 404


def test_an_authority_reads_of_a_protocol_what_was_published_only(people, visitor, published):
    people.projet.state = "partage"
    people.projet.save()
    given = ProtocolFields(title="Chutes", theme="Domicile", need="Trop de chutes", content="Infirmier : appeler")
    fresh = create_protocol(people.structure, given, by=people.porteuse, at=cast.NOW)
    Protocol.objects.filter(pk=published.pk).update(state="en_cours", need="Besoin repris", content="Texte repris")
    reader, team = visitor("instructrice"), visitor("membre")
    page = reader.get(f"protocoles/{published.pk}/")
    assert "Tous : prévenir" in said(page)
    assert "repris" not in said(page)
    assert "en révision" not in said(page)
    assert reader.raw(f"protocoles/{fresh.pk}/").status_code == 404
    assert "Chutes" not in said(reader.get("protocoles/"))
    written = reader.raw("protocoles/", format="csv").content.decode("utf-8-sig")
    assert "Tous : prévenir" in written
    assert not any(word in written for word in ("repris", "Chutes", "Domicile", "appeler", "Utilisations"))
    assert "Aucun protocole ne correspond" in said(reader.get("protocoles/", q="repris"))
    assert "Utilisations de l'année" in team.raw("protocoles/", format="csv").content.decode()
    assert "Texte repris" in said(team.get(f"protocoles/{published.pk}/"))


def test_an_authority_gets_the_document_without_what_each_member_thought(people, porteuse, visitor, published):
    people.projet.state = "partage"
    people.projet.save()
    version = ProtocolVersion.objects.get()
    version.content["avis"] = [{"nom": "Ona Kerdoncuff", "metier": "infirmier", "reponse": "approuve", "le": ""}]
    version.save()
    path = f"protocoles/{published.pk}/version-1.pdf"
    told = pdf_words(visitor("instructrice").raw(path).content)
    assert "prévenir" in told
    assert "Ona" not in told
    assert version.fingerprint in told.replace("\n", "")
    assert visitor("porteuse").raw(path).content == bytes(version.pdf)


def test_the_list_asks_the_same_number_of_questions_however_long(people, porteuse, published):
    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            porteuse.get("protocoles/")
        return len(asked)

    questions()
    few = questions()
    member = Member.objects.first()
    Protocol.objects.bulk_create(
        Protocol(structure=people.structure, title=f"P{rank}", pilot=member, position=rank) for rank in range(40)
    )
    assert questions() == few


def test_a_long_list_is_cut_in_pages(people, porteuse, published):
    Protocol.objects.bulk_create(
        Protocol(structure=people.structure, title=f"P{rank}", position=rank) for rank in range(60)
    )
    page = porteuse.get("protocoles/", tri="titre")
    assert "61 protocoles" in said(page)
    assert len(page.one("tbody").all("tr")) == 50
    link = page.one("a", rel="next").attrs["href"]
    assert "tri=titre" in link
    assert len(porteuse.get("protocoles/", tri="titre", page="2").one("tbody").all("tr")) == 11


def test_a_revision_begun_by_mistake_is_given_up(porteuse, published):
    root = f"protocoles/{published.pk}/"
    assert "Abandonner la révision" not in said(porteuse.get(root))
    porteuse.posted(f"{root}reviser/")
    given = {"title": "Plaies et pieds", "theme": "autre", "theme_autre": "Pieds", "content": "Autre chose"}
    porteuse.posted(f"{root}modifier/", given)
    page = said(porteuse.posted(f"{root}abandonner/"))
    assert "Tous : prévenir" in page
    published.refresh_from_db()
    assert (published.title, published.theme_code, published.state) == ("Plaies", "obesite", "applique")
    assert "n’est pas en révision" in said(porteuse.posted(f"{root}abandonner/"))
