"""The pages of an assembly: called, attended, voted, sealed."""

import datetime
import html

import pytest
from django.core import mail
from django.utils import timezone
from tests import cast
from tests.web.activity import said
from tests.web.structures.governance import *  # noqa: F403
from tests.web.structures.governance import BODY

from maillage.apps.governance.models import Assembly, Body, Candidate, Mandate, Power, Resolution
from maillage.apps.structures.models import Member

DAY = timezone.localdate()
RULES = {
    "nom": "Décisions ordinaires",
    "notice_days": "15",
    "quorum": "1/2",
    "quorum_counts": "representes",
    "quorum_by_college": "non",
    "remote_counts": "oui",
    "powers_most": "1",
    "majority": "1/2",
    "majority_of": "exprimes",
}


@pytest.fixture
def general(porteuse, bureau):
    porteuse.posted("organes/nouveau/", {**BODY, "nom": "Assemblée générale", "kind": "assemblee"})
    body = Body.objects.get(kind="assemblee")
    porteuse.posted(f"organes/{body.pk}/regles/nouvelles/", RULES)
    return body


def planned(general, days):
    day = DAY + datetime.timedelta(days=days)
    return {
        "body": str(general.pk),
        "title": "Assemblée annuelle",
        "day": day.isoformat(),
        "hour": "20:00",
        "minutes": "2 h",
    }


@pytest.fixture
def third(people):
    return Member.objects.create(
        structure=people.structure, nom="Kerouédan", metier="pharmacien", joined_on=datetime.date(2020, 1, 1)
    )


@pytest.fixture
def assembly(people, porteuse, general, third):
    """Held yesterday."""
    Member.objects.update(joined_on=datetime.date(2020, 1, 1))
    porteuse.posted("assemblees/nouvelle/", planned(general, -1))
    return Assembly.objects.get()


@pytest.fixture
def here(porteuse, assembly, third):
    """All came but the third, who gave no power."""
    sent = {f"presence-{each.pk}": "present" for each in assembly.voters.exclude(member=third)}
    porteuse.post(f"assemblees/{assembly.pk}/presences/", sent)
    return assembly


def test_calling_an_assembly_is_one_form_with_what_is_usual(porteuse, general):
    page = porteuse.get("assemblees/nouvelle/")
    assert page.one("input", id="champ-title").attrs["value"] == "Assemblée générale"
    page = porteuse.posted("assemblees/nouvelle/", planned(general, 20))
    assert "Appelés à voter" in said(page)
    assert "Vos statuts demandent 15 jours ; l’assemblée est dans 20 jours." in said(page)


def test_a_wrong_day_is_said_beside_its_field(porteuse, general):
    page = porteuse.posted("assemblees/nouvelle/", {**planned(general, 20), "day": "bientôt"}, status=422)
    assert "une date" in page.one("input", id="champ-day").described(page)
    assert not Assembly.objects.exists()


def test_the_convocation_leaves_with_its_proof(people, porteuse, general, third):
    Member.objects.filter(user=people.porteuse).update(email="porteuse@example.org")
    porteuse.posted("assemblees/nouvelle/", planned(general, 20))
    row = Assembly.objects.get()
    page = porteuse.posted(f"assemblees/{row.pk}/convoquer/")
    assert "1 à convoquer encore Vos statuts demandent 15 jours" in said(page)
    assert "Sans adresse électronique : Kerouédan" in page.text
    assert len(mail.outbox) == 2
    page = porteuse.posted(f"assemblees/{row.pk}/remise/", {"membre": str(third.pk), "moyen": "main_propre"})
    assert "remise en main propre" in said(page)
    assert "Délai tenu" in said(page)
    answer = porteuse.raw(f"assemblees/{row.pk}/convocation-1.pdf")
    assert answer["Content-Type"] == "application/pdf"


def test_the_quorum_is_counted_at_each_tap(porteuse, assembly):
    voters = list(assembly.voters.all())
    path = f"assemblees/{assembly.pk}/presences/"
    part = porteuse.post(path, {f"presence-{voters[0].pk}": "present"}, **{"HX-Request": "true"})
    assert "Le quorum n'est pas atteint" in html.unescape(part.content.decode())
    part = porteuse.post(path, {f"presence-{each.pk}": "present" for each in voters[:2]}, **{"HX-Request": "true"})
    assert "Le quorum est atteint" in part.content.decode()
    assert "Le quorum est atteint" in said(porteuse.get(f"assemblees/{assembly.pk}/"))
    assert "Kerouédan" in said(porteuse.get(path, q="kerou"))


def test_a_member_gives_their_own_power_on_the_page(people, visitor, assembly):
    member, path = visitor("membre"), f"assemblees/{assembly.pk}/pouvoirs/"
    voters = {each.member.user_id: each.pk for each in assembly.voters.select_related("member")}
    assert "Donner mon pouvoir" in said(member.get(path))
    page = member.posted(path, {"recoit": str(voters[people.porteuse.pk])})
    assert "Vous avez donné pouvoir à Porteuse Exemple" in said(page)
    assert Power.objects.get().is_own
    member.posted(f"{path}retirer/", {"donne": str(voters[people.membre.pk])})
    assert not Power.objects.exists()


def test_who_is_not_called_gives_no_power(visitor, assembly):
    answer = visitor("accompagnatrice").post(f"assemblees/{assembly.pk}/pouvoirs/", {"recoit": "1"})
    assert answer.status_code == 403


def test_a_vote_by_show_of_hands_is_adopted(porteuse, here):
    porteuse.posted(f"assemblees/{here.pk}/resolutions/nouvelle/", {"title": "Les comptes", "way": "main_levee"})
    row = Resolution.objects.get()
    page = porteuse.posted(f"resolutions/{row.pk}/", {"pour": "3", "contre": "0", "abstention": "0"}, status=422)
    assert "au plus 2 voix" in page.one("input", id="champ-pour").described(page)
    page = porteuse.posted(f"resolutions/{row.pk}/", {"pour": "2", "contre": "0", "abstention": "0"})
    assert "Adoptée" in said(page)
    page = porteuse.posted(f"resolutions/{row.pk}/reprendre/")
    assert "À voter" in said(page)


def test_a_vote_by_name_lists_who_may_vote(porteuse, here):
    porteuse.posted(f"assemblees/{here.pk}/resolutions/nouvelle/", {"title": "Les statuts", "way": "nominal"})
    row = Resolution.objects.get()
    assert "Kerouédan" not in said(porteuse.get(f"resolutions/{row.pk}/"))
    voters = list(here.voters.exclude(member__nom="Kerouédan"))
    porteuse.posted(f"resolutions/{row.pk}/", {f"voix-{each.pk}": "pour" for each in voters})
    row.refresh_from_db()
    assert (row.pour, row.outcome) == (2, "adoptee")


def test_an_election_then_the_sealed_minutes_give_a_mandate(porteuse, here, bureau, third):
    sent = {"title": "Élire le bureau", "way": "secret", "elects": str(bureau.pk)}
    porteuse.posted(f"assemblees/{here.pk}/resolutions/nouvelle/", sent)
    row = Resolution.objects.get()
    porteuse.posted(f"resolutions/{row.pk}/candidats/", {"member": str(third.pk), "function": "Trésorerie"})
    candidate = Candidate.objects.get()
    porteuse.posted(f"resolutions/{row.pk}/", {f"voix-{candidate.pk}": "2", f"elu-{candidate.pk}": "oui"})
    porteuse.posted(f"assemblees/{here.pk}/proces-verbal/", {"chair": "", "secretary": "", "report": "Rien à ajouter."})
    page = porteuse.posted(f"assemblees/{here.pk}/sceller/")
    assert "Procès-verbal nº 1" in said(page)
    assert Mandate.objects.get(member=third).function == "Trésorerie"
    assert porteuse.raw(f"assemblees/{here.pk}/proces-verbal-1.pdf").content.startswith(b"%PDF")


def test_sealing_waits_for_the_votes(porteuse, here):
    porteuse.posted(f"assemblees/{here.pk}/resolutions/nouvelle/", {"title": "Les comptes", "way": "main_levee"})
    page = porteuse.posted(f"assemblees/{here.pk}/sceller/")
    assert "Il reste à voter : « Les comptes »" in page.text


def test_minutes_changed_since_are_not_given(porteuse, here):
    porteuse.posted(f"assemblees/{here.pk}/sceller/")
    here.minutes.update(pdf=b"%PDF-other")
    page = porteuse.raw(f"assemblees/{here.pk}/proces-verbal-1.pdf")
    assert page.status_code == 302


def test_without_quorum_a_second_call_is_offered(porteuse, assembly, general):
    page = porteuse.get(f"assemblees/{assembly.pk}/")
    assert "Convoquer une seconde fois" in said(page)
    page = porteuse.posted(f"assemblees/{assembly.pk}/seconde/", planned(general, 15))
    assert "seconde convocation" in said(page)
    assert Assembly.objects.filter(first=assembly).exists()


def test_who_votes_is_corrected_on_the_page(porteuse, assembly, third):
    porteuse.posted(f"assemblees/{assembly.pk}/votants/", {"membre": [str(third.pk)]})
    assert [str(each) for each in assembly.voters.all()] == ["Kerouédan"]


def test_an_assembly_is_cancelled_then_planned_again(porteuse, assembly):
    assert "annulée" in said(porteuse.posted(f"assemblees/{assembly.pk}/annuler/"))
    porteuse.posted(f"assemblees/{assembly.pk}/retablir/")
    assembly.meeting.refresh_from_db()
    assert assembly.meeting.state == "prevue"


def test_the_list_is_filtered_and_exported(porteuse, assembly):
    assert "1 assemblée sur 1" in said(porteuse.get("assemblees/"))
    assert "Aucune assemblée ne correspond" in said(porteuse.get("assemblees/", etat="close"))
    assert "Assemblée annuelle" in porteuse.raw("assemblees/", format="csv").content.decode()


def test_patient_data_in_the_minutes_is_stopped(porteuse, assembly):
    sent = {"chair": "", "secretary": "", "report": "Vu Mme MARTIN Jeanne, 82 ans, née le 12/03/1944."}
    page = porteuse.posted(f"assemblees/{assembly.pk}/proces-verbal/", sent, status=422)
    assert "masquer" in page.text.lower()
    assembly.meeting.refresh_from_db()
    assert assembly.meeting.report == ""


def test_four_hundred_voters_ask_as_many_questions_as_four(people, porteuse, assembly, django_assert_max_num_queries):
    members = [
        Member(structure=people.structure, nom=f"Membre {rank:03d}", metier="infirmier", joined_on=cast.TODAY)
        for rank in range(400)
    ]
    Member.objects.bulk_create(members)
    for member in members:
        assembly.voters.create(member=member)
    for path in ("", "presences/", "pouvoirs/", "votants/"):
        with django_assert_max_num_queries(35):
            porteuse.get(f"assemblees/{assembly.pk}/{path}")


def test_a_convocation_beyond_the_day_says_who_waits_and_goes_on(people, porteuse, general, third, settings):
    settings.MAIL_PER_ACCOUNT = 1
    porteuse.posted("assemblees/nouvelle/", planned(general, 10))
    row = Assembly.objects.get()
    assert "Trop tard pour ce délai" in said(porteuse.get(f"assemblees/{row.pk}/"))
    page = porteuse.posted(f"assemblees/{row.pk}/convoquer/")
    assert "1 membre attend encore" in said(page)
    assert "1 membre à joindre" in said(page)
    settings.MAIL_PER_ACCOUNT = 2
    page = porteuse.posted(f"assemblees/{row.pk}/convoquer/", {"suite": "1"})
    assert "Convocation envoyée à 1 membre." in said(page)
    assert "à joindre" not in said(page)
    assert row.convocations.count() == 1
    assert "Délai non tenu" in said(page)


def test_a_vote_by_name_takes_the_others_at_once_and_an_election_keeps_what_is_typed(people, porteuse, here):
    row = Resolution.objects.create(assembly=here, position=1, title="Statuts", way="nominal")
    porteuse.posted(f"resolutions/{row.pk}/", {"autres": "pour"})
    row.refresh_from_db()
    assert (row.pour, row.outcome) == (2, "adoptee")
    election = Resolution.objects.create(assembly=here, position=2, title="Bureau", kind="election", elects=here.body)
    member = people.structure.members.get(user=people.membre)
    stands = Candidate.objects.create(resolution=election, member=member, function="Trésorerie")
    path, typed = f"resolutions/{election.pk}/", {f"voix-{stands.pk}": "deux", f"elu-{stands.pk}": "oui"}
    page = porteuse.posted(path, typed, status=422)
    assert "un nombre de voix, ou rien s" in said(page)
    assert page.one("input", name=f"voix-{stands.pk}").attrs["value"] == "deux"
    assert "checked" in page.one("input", name=f"elu-{stands.pk}").attrs
    porteuse.posted(path, {}, status=422)


def test_without_quorum_the_page_says_so_before_a_name_is_tapped(porteuse, assembly):
    row = Resolution.objects.create(assembly=assembly, position=1, title="Statuts", way="nominal")
    assert "L’assemblée ne peut pas voter." in said(porteuse.get(f"resolutions/{row.pk}/"))


def test_the_same_form_sent_twice_calls_one_assembly_of_one_body(porteuse, general):
    porteuse.posted("organes/nouveau/", {**BODY, "nom": "Assemblée générale", "kind": "assemblee"}, status=422)
    page = porteuse.posted("assemblees/nouvelle/", {**planned(general, 20), "agenda": "Les comptes"})
    assert "Ordre du jour Les comptes" in said(page)
    page = porteuse.posted("assemblees/nouvelle/", planned(general, 20), status=422)
    assert "déjà convoqué" in said(page)
    assert Assembly.objects.count() == 1


def test_the_voices_of_each_college_are_typed_when_the_statutes_ask_it(porteuse, here, third):
    rules = {**RULES, "nom": "Par collège", "votes_by": "chaque", "quorum": "aucun"}
    porteuse.posted(f"organes/{here.body_id}/regles/{'nouvelles'}/", rules)
    porteuse.posted(f"organes/{here.body_id}/colleges/nouveau/", {"nom": "Libéraux", "weight": "40"})
    assert "poids 40 dans les votes" in said(porteuse.get(f"organes/{here.body_id}/"))
    college = here.body.colleges.get()
    here.voters.exclude(member=third).update(college=college)
    here.rules = here.body.rules.get(nom="Par collège")
    here.save()
    row = Resolution.objects.create(assembly=here, position=1, title="Statuts")
    path = f"resolutions/{row.pk}/"
    page = porteuse.get(path)
    assert "Libéraux : voix pour" in said(page)
    sent = {f"{name}-{college.pk}": "0" for name in ("contre", "abstention")}
    porteuse.posted(path, sent, status=422)
    zero = {f"{name}-": "0" for name in ("pour", "contre", "abstention")}
    page = porteuse.posted(path, {**sent, **zero, f"pour-{college.pk}": "2"})
    assert "Libéraux (poids 40) : 2 pour" in said(page)
    assert "Adoptée" in said(page)
