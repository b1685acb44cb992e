"""The life of a protocol, the national protocols, the templates: data and pure rules."""

import datetime

from maillage.apps.structures.metiers import metiers
from maillage.core.activity import protocol_life as life
from maillage.core.activity.cooperation import national_protocol, national_protocols
from maillage.core.activity.protocol_templates import LICENCE, template_of, templates
from maillage.core.activity.themes import code_of

DAY = datetime.date(2026, 11, 22)


def test_a_published_version_applies_until_the_protocol_is_retired():
    assert life.is_in_force(life.EN_COURS, 1)
    assert life.is_in_force(life.APPLIQUE, 0)
    assert not life.is_in_force(life.EN_COURS, 0)
    assert not life.is_in_force(life.RETIRE, 3)


def test_what_is_published_is_no_longer_written():
    assert [state for state in life.STATES if life.is_written(state, 1)] == [life.PREVU, life.EN_COURS]
    assert life.is_written(life.APPLIQUE, 0)


def test_each_act_has_its_states():
    possible = {act: {state for state in life.STATES if life.allowed(act, state, 1)} for act in life.ACTS}
    assert possible == {
        "soumettre": {life.PREVU, life.EN_COURS},
        "reprendre": {life.A_VALIDER},
        "publier": {life.EN_COURS, life.A_VALIDER},
        "reviser": {life.APPLIQUE},
        "abandonner": {life.EN_COURS, life.A_VALIDER},
        "retirer": {life.EN_COURS, life.A_VALIDER, life.APPLIQUE},
        "remettre": {life.RETIRE},
    }


def test_nobody_asked_approves_nothing():
    assert not life.is_approved([])
    assert life.is_approved([life.APPROVED, life.APPROVED])
    assert not life.is_approved([life.APPROVED, life.AWAITED])


def test_the_most_that_is_paid_is_never_guessed():
    assert life.Paid(9, 1, 0, 8, 100).total == 800
    assert life.Paid(9, 1, 0, 8, 100).beyond == 1
    assert life.Paid(9, 1, 0, None, 100).total is None
    assert life.Paid(3, 0, 0, 8, None).total is None


def test_the_six_national_protocols_name_known_metiers():
    found = national_protocols(DAY)
    assert len(found) == len({each.code for each in found}) == 6
    assert {slug for each in found for slug in each.delegated} <= set(metiers())
    assert national_protocols(datetime.date(2020, 1, 1)) == ()


def test_a_team_lacks_each_metier_or_one_of_them():
    both, either = national_protocol("pollakiurie"), national_protocol("odynophagie")
    assert both.missing({"infirmier"}) == ("pharmacien",)
    assert either.missing({"infirmier"}) == ()
    assert either.missing({"medecin"}) == ("infirmier", "pharmacien")


def test_each_template_asks_questions_about_a_theme_that_exists():
    found = templates()
    assert len({each.code for each in found}) == len(found) == 8
    assert all(code_of("protocole", each.theme) for each in found if each.theme)
    assert all(each.content.count("?") >= 10 for each in found)
    assert "bilan partagé de médication" in template_of("iatrogenie").content
    assert template_of("inconnu") is None
    assert LICENCE.startswith("Licence ouverte")
