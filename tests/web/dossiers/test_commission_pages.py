"""Pages of the commissions: what each sees, and what who has an interest in a dossier never sees."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from tests import cast, small_world
from tests.cast import NOW, TODAY, give
from tests.commissions import WHEN, before_a_commission, board, follow

from maillage.apps.accounts.models import Role
from maillage.apps.dossiers.commissions import conflicts, debating, documents, minutes, sessions
from maillage.apps.dossiers.commissions.inputs import SessionFields
from maillage.apps.dossiers.models import AgendaItem, Commission, ConflictOfInterest, Vote
from maillage.core.documents.commission_files import convocation_pdf

pytestmark = pytest.mark.django_db
SECRET = ("zèbre", "girafe", "okapi", "tapir")
"""Words of the reasons, of the debate, of a document and of a remark, that a conflict hides."""


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def made(people, monkeypatch):
    follow(monkeypatch, before_a_commission())
    return board(people)


def browser(user):
    """A browser of this person, with the second factor that an authority needs."""
    if not Authenticator.objects.filter(user=user).exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(user)
    return client


def paper(words):
    """A PDF that says these words."""
    import io

    content = {"commission": words, "organisation": "ARS", "jour": "3 décembre 2026", "horaire": "", "lieu": "",
               "points": []}  # fmt: skip
    return io.BytesIO(convocation_pdf(content, today=TODAY))


def text_of(response):
    """What a page, or a PDF, says."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF"):
        import io

        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "ignore")


def told(made):
    """A session that said everything of its dossier, its minutes proposed; with its document."""
    made.rules(votes="oui")
    made.held()
    document = documents.add(made.session, made.item.pk, name="okapi.pdf", content=paper("okapi"), **made.by)
    debating.record_votes(made.session, made.item.pk, {made.seats[1].pk: "contre"}, **made.by)
    debating.give_avis(made.session, made.item.pk, "defavorable", "Le zèbre ne convient pas.", **made.by)
    sessions.close_session(made.session, **made.by)
    minutes.write_minutes(made.session, "Séance ordinaire.", {made.item.pk: "Une girafe passe."}, **made.by)
    minutes.propose(made.session, **made.by)
    minutes.remark(made.session, made.item.pk, "Le tapir manque.", by=made.zoe, at=NOW)
    return document


def addresses(made, document):
    """Every address where a session, its item, its files or its dossier may be read."""
    session = f"/commissions/seances/{made.session.pk}/"
    return [
        "/commissions/", "/commissions/?format=csv", "/commissions/?format=xlsx", "/commissions/seances.ics",
        f"/commissions/{made.commission.pk}/", session, f"{session}seance.ics", f"{session}convocation.pdf",
        f"{session}documents/{document.pk}/", f"{session}points/{made.item.pk}/", f"{session}proces-verbal/",
        f"{session}proces-verbal/0.pdf", f"{session}proces-verbal/1.pdf", f"/dossiers/{made.dossier.pk}/",
        f"/dossiers/{made.dossier.pk}/avis/", f"/dossiers/{made.dossier.pk}/journal/", "/dossiers/",
        f"/dossiers/{made.dossier.pk}/echanges/", f"/dossiers/{made.dossier.pk}/decision/",
        "/dossiers/?q=Redon", "/journal/", "/notifications/", "/tableau-de-bord/",
    ]  # fmt: skip


def leaks(client, made, document):
    """What an address says that a conflict must hide: the debate, the avis, the dossier itself."""
    found = []
    for address in addresses(made, document):
        said = text_of(client.get(address, follow=True))
        hidden = (*SECRET, "défavorable", str(made.dossier.pk), made.dossier.number, "pays de Redon")
        found += [(address, word) for word in hidden if word in re.sub(r'href="[^"]*seances[^"]*"', "", said)]
    return found


def test_a_member_without_interest_reads_all_of_it(made):
    document = told(made)
    client = browser(made.anne)
    session = f"/commissions/seances/{made.session.pk}/"
    assert "zèbre" in text_of(client.get(f"{session}points/{made.item.pk}/"))
    assert "girafe" in text_of(client.get(f"{session}proces-verbal/0.pdf"))
    assert "okapi" in text_of(client.get(f"{session}documents/{document.pk}/"))
    assert client.get(f"/dossiers/{made.dossier.pk}/").status_code == 200
    assert "tapir" not in text_of(client.get(f"{session}proces-verbal/"))


@pytest.mark.parametrize("when", ["before", "after", "sealed"])
def test_who_has_an_interest_sees_nothing_of_it_anywhere(made, when):
    """Over every page and every file, before and after the minutes are sealed; the others still see."""
    if when == "before":
        made.plan()
        conflicts.declare(made.session, made.item.pk, f"{made.seats[0].pk}:titulaire", "", **made.by)
        AgendaItem.objects.all().delete()
        made.dossier.refresh_from_db()
    document = told(made)
    conflicts.declare(made.session, made.item.pk, f"{made.seats[0].pk}:titulaire", "", **made.by)
    if when == "sealed":
        minutes.approve(made.session, **made.by)
    assert leaks(browser(made.anne), made, document) == []
    assert leaks(browser(made.luc), made, document) != []


def test_a_conflict_keeps_away_even_who_reviews_or_administers(made):
    document = told(made)
    for name in (Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.ADMINISTRATEUR, Role.Name.PILOTE):
        give(made.anne, made.commission.organisation, name)
    conflicts.declare(made.session, made.item.pk, f"{made.seats[0].pk}:titulaire", "", **made.by)
    assert leaks(browser(made.anne), made, document) == []


def test_whose_team_files_is_kept_away_without_any_declaration(made):
    give(made.anne, made.dossier.structure.organisation, Role.Name.MEMBRE)
    document = told(made)
    client = browser(made.anne)
    session = f"/commissions/seances/{made.session.pk}/"
    for address in (f"points/{made.item.pk}/", f"documents/{document.pk}/"):
        assert client.get(session + address).status_code == 404
    assert not any(word in text_of(client.get(f"{session}proces-verbal/0.pdf")) for word in SECRET)


def test_a_member_declares_their_own_conflict_alone_and_no_longer_votes(made):
    made.rules(votes="oui")
    made.held()
    debating.vote(made.session, made.item.pk, "pour", by=made.anne, at=NOW)
    client, point = browser(made.anne), f"/commissions/seances/{made.session.pk}/points/{made.item.pk}/"
    other = client.post(f"{point}conflit/", {"part": f"{made.seats[1].pk}:titulaire"})
    assert other.status_code == 403
    sent = client.post(f"{point}conflit/", {"part": f"{made.seats[0].pk}:titulaire", "reason": "Associée"}, follow=True)
    assert "conflit d’intérêts" in text_of(sent)
    assert not Vote.objects.exists()
    assert client.post(f"{point}voter/", {"choice": "pour"}).status_code == 404
    secretary = browser(made.people.instructrice)
    assert "siéger à la place" in text_of(secretary.get(point))
    secretary.post(f"{point}remplacer/", {"siege": str(made.seats[0].pk)})
    assert browser(made.luc).post(f"{point}voter/", {"choice": "contre"}).status_code == 302
    assert Vote.objects.get().seat == made.seats[0]


def test_a_suppleant_in_conflict_too_does_not_sit(made):
    made.held()
    for holder in ("titulaire", "suppleant"):
        conflicts.declare(made.session, made.item.pk, f"{made.seats[0].pk}:{holder}", "", **made.by)
    point = f"/commissions/seances/{made.session.pk}/points/{made.item.pk}/"
    secretary = browser(made.people.instructrice)
    assert "siéger à la place" not in text_of(secretary.get(point))
    refused = secretary.post(f"{point}remplacer/", {"siege": str(made.seats[0].pk)})
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "non comptés" in shown
    assert ConflictOfInterest.objects.count() == 2


def test_the_quorum_counted_both_ways_asks_for_the_text(made):
    made.rules(quorum_share="100")
    made.held()
    conflicts.declare(made.session, made.item.pk, f"{made.seats[1].pk}:titulaire", "", **made.by)
    point = f"/commissions/seances/{made.session.pk}/points/{made.item.pk}/"
    secretary = browser(made.people.instructrice)
    shown = text_of(secretary.get(point))
    assert "comptés" in shown
    assert "non comptés" in shown
    given = {"sense": "favorable", "reasons": "Le bassin convient."}
    assert secretary.post(f"{point}avis/", given).status_code == 302


def test_a_refused_avis_keeps_what_was_typed(made):
    made.held()
    point = f"/commissions/seances/{made.session.pk}/points/{made.item.pk}/"
    refused = browser(made.people.instructrice).post(f"{point}avis/", {"sense": "", "reasons": "Un long motif."})
    assert refused.status_code == 422
    assert "Un long motif." in text_of(refused)


def test_a_secretary_runs_a_session_from_end_to_end_in_the_pages(made):
    client = browser(made.people.instructrice)
    home = f"/commissions/{made.commission.pk}/"
    form = {"day": "2026-12-03", "hour": "14:00", "minutes": "2 h", "place": "Rennes"}
    assert client.post(f"{home}seances/nouvelle/", {**form, "day": "demain"}).status_code == 422
    session = client.post(f"{home}seances/nouvelle/", form)["Location"]
    client.post(f"{session}ordre-du-jour/inscrire/", {"dossier": str(made.dossier.pk)})
    item = AgendaItem.objects.get()
    client.post(f"{session}ordre-du-jour/rapporteur/", {"point": str(item.pk), "rapporteur": "Anne Exemple"})
    assert "3 personnes" in text_of(client.post(f"{session}actes/convoquer/", follow=True))
    assert "prévue le" in text_of(client.post(f"{session}actes/ouvrir/", follow=True))
    client.post(f"{session}actes/ouvrir/", {"reason": "Séance avancée d'un commun accord."})
    came = {f"siege-{each.pk}": "titulaire" for each in made.seats}
    partial = client.post(f"{session}presences/", came, headers={"HX-Request": "true"})
    assert "3 sièges tenus sur 3" in text_of(partial).replace("\xa0", " ")
    given = SimpleUploadedFile("note.pdf", paper("Note").getvalue(), "application/pdf")
    client.post(f"{session}documents/", {"fichier": given, "point": str(item.pk)})
    client.post(f"{session}points/{item.pk}/avis/", {"sense": "favorable", "reasons": "Le bassin convient."})
    client.post(f"{session}actes/clore/")
    text = {"minutes": "Ouverte à 14 h.", f"point-{item.pk}": "Le projet est présenté."}
    assert client.post(f"{session}proces-verbal/ecrire/", text).status_code == 302
    client.post(f"{session}actes/proposer/")
    client.post(f"{session}actes/approuver/")
    shown = text_of(client.get(f"{session}proces-verbal/"))
    assert "Empreinte SHA-256" in shown
    assert "Le projet est présenté." in text_of(client.get(f"{session}proces-verbal/1.pdf")).replace("\n", " ")
    assert client.post(f"{session}proces-verbal/ecrire/", text).status_code == 422


def test_a_commission_is_created_from_its_text_and_lists_are_exported(people):
    client = browser(people.instructrice)
    assert "Aucune commission pour l’instant" in text_of(client.get("/commissions/"))
    page = text_of(client.get("/commissions/nouvelle/"))
    assert "GECO Lib" in page
    key = re.search(r'value="([0-9a-f-]+:carpec)"', page)[1]
    home = client.post("/commissions/nouvelle/", {"commission": key})["Location"]
    shown = text_of(client.get(home))
    assert "à confirmer" in shown
    assert "ESSORT" in shown
    assert Commission.objects.get().seats.count() == 11
    rules = client.post(f"{home}regles/", {"nom": "CARPEC", "quorum_share": "50"})
    assert "quel texte" in text_of(rules)
    assert client.get("/commissions/?format=csv")["Content-Type"].startswith("text/csv")
    assert client.get("/commissions/?commission=x&etat=tenue").status_code == 200


def test_a_dossier_is_put_on_a_session_from_its_own_page(people, made):
    client, address = browser(people.instructrice), f"/dossiers/{made.dossier.pk}/inscrire/"
    assert f'href="{address}"' in text_of(client.get(f"/dossiers/{made.dossier.pk}/"))
    assert "Préparer une séance" in text_of(client.get(address))
    session = sessions.plan(made.commission, SessionFields(**WHEN), **made.by)
    assert "Inscrire à la séance du 3 décembre 2026" in " ".join(text_of(client.get(address)).split())
    answer = client.post(address, {"seance": "ailleurs"}, follow=True)
    assert "Choisissez une séance à venir" in text_of(answer)
    assert client.post(address, {"seance": session.pk}).status_code == 302
    item = made.dossier.agenda_items.get()
    assert item.session == session
    page = text_of(client.get(f"/dossiers/{made.dossier.pk}/"))
    assert f"/commissions/seances/{session.pk}/points/{item.pk}/" in page
    assert "est à l’ordre du jour" in " ".join(text_of(client.get(address)).split())


def test_no_number_of_our_own_library_is_shown(people):
    page = text_of(browser(people.instructrice).get("/commissions/nouvelle/"))
    assert "ARS Bretagne, politique" in page
    assert not re.search(r"\[0\d\d\]", page)
