"""The documents: they pass PDF/UA-1, they hold whatever the values are, and they say what the answer says."""

import copy
import datetime
import json
import re
import subprocess
import sys
import zlib
from decimal import Decimal
from typing import Any

import pytest
import typst

from maillage.core.documents import fonts
from maillage.core.documents.charts import AmountPoint, amounts_by_patientele
from maillage.core.documents.comparison import Told
from maillage.core.documents.orientation_content import orientation_content
from maillage.core.documents.simulation_content import simulation_content
from maillage.core.documents.typst_pdf import TEMPLATES, orientation_pdf, render, simulation_pdf
from maillage.core.kernel import french
from maillage.core.rules.aci_msp.simulation import simulate
from maillage.core.rules.aci_msp.situation import SituationAciMsp

TODAY = datetime.date(2026, 11, 22)
ADDRESS = "https://maillage.exemple/simuler/aci-msp?annee=2025&patientele=6000"
SPECIAL = '#import "x": * $x^2$ \\ *gras* _ital_ @ref <label> `code` // {"} // [fin] ~ = - + / é œ 𝛼 🩺 \u0000 \u202e'
Values = dict[str, Any]


def raw(pdf: bytes) -> bytes:
    """The PDF followed by the content of its compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"\x78")


def changed(value: Any, text: str) -> Any:
    """The same shape with every text that a person reads replaced; codes, days and amounts stay."""
    codes = {"etat", "niveau", "id", "chemin", "depuis", "jusqu_a", "confiance", "url", "date", "montant", "avance"}
    codes |= {"solde", "montant_min", "montant_max", "gain_possible", "ordre", "champs"}
    if isinstance(value, dict):
        return {key: inner if key in codes else changed(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [changed(inner, text) for inner in value]
    return text if isinstance(value, str) else value


def emptied(value: Values) -> Values:
    """The same answer without any list item."""
    return {key: [] if isinstance(inner, list) else inner for key, inner in value.items()}


def test_a_simulation_is_an_accessible_pdf_with_a_title_and_a_language(simulation: Values, inputs: Values) -> None:
    pdf = raw(simulation_pdf(simulation, inputs=inputs, today=TODAY, address=ADDRESS))
    assert pdf.startswith(b"%PDF-1.")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert re.search(rb"/Lang ?\(fr-FR\)", pdf)
    assert b"/StructTreeRoot" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert "ACI de votre maison de santé en 2025".encode() in pdf  # in the metadata (XMP)


def test_tables_have_headers_and_the_chart_has_a_text(simulation: Values, inputs: Values) -> None:
    chart = amounts_by_patientele([AmountPoint(0, 0), AmountPoint(6000, 1400)])
    pdf = raw(simulation_pdf(simulation, inputs=inputs, today=TODAY, chart=chart))
    assert re.search(rb"/S ?/TH", pdf)
    assert re.search(rb"/S ?/Figure", pdf)
    alternative = re.search(rb"/Alt ?<FEFF([0-9A-F]+)>", pdf)
    assert alternative
    assert bytes.fromhex(alternative[1].decode()).decode("utf-16-be").startswith("Montant annuel de l’ACI selon")


def test_an_orientation_is_an_accessible_pdf(orientation: Values, situation: Values) -> None:
    pdf = raw(orientation_pdf(orientation, situation=situation, today=TODAY, address=ADDRESS))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert re.search(rb"/S ?/TH", pdf)


def test_the_same_answer_gives_the_same_bytes(simulation: Values, inputs: Values) -> None:
    first, second = (simulation_pdf(simulation, inputs=inputs, today=TODAY) for _ in range(2))
    assert first == second
    assert first != simulation_pdf(simulation, inputs=inputs, today=TODAY + datetime.timedelta(days=1))


def test_a_simulation_where_everything_is_to_confirm_is_still_a_document(simulation: Values, inputs: Values) -> None:
    unknown = dict.fromkeys(("montant", "points", "majoration", "avance", "solde"))
    rows = [row | {"points": None, "montant": None, "manque": "À voir"} for row in simulation["indicateurs"]]
    assert simulation_pdf(simulation | unknown | {"indicateurs": rows}, inputs=inputs, today=TODAY).startswith(b"%PDF")


def test_documents_hold_without_a_single_line(simulation: Values, inputs: Values, orientation: Values) -> None:
    assert simulation_pdf(emptied(simulation), inputs=inputs, today=TODAY).startswith(b"%PDF")
    bare = {code: emptied(answer) for code, answer in orientation["structures"].items()}
    nothing = orientation | {"structures": bare, "prochaine_question": None, "a_confirmer": [], "avertissements": []}
    assert orientation_pdf(nothing, today=TODAY).startswith(b"%PDF")
    assert orientation_pdf(nothing | {"ordre": []}, today=TODAY).startswith(b"%PDF")


@pytest.mark.parametrize("text", [SPECIAL, "", "Saint-" * 60, "x" * 400], ids=["special", "empty", "long", "one word"])
def test_any_text_can_be_printed(
    text: str, simulation: Values, inputs: Values, orientation: Values, situation: Values
) -> None:
    odd = changed(simulation, text)
    assert simulation_pdf(odd, inputs=inputs, today=TODAY, title=text, address=ADDRESS).startswith(b"%PDF")
    odd = changed(orientation, text)
    assert orientation_pdf(odd, situation=situation, today=TODAY, address=text).startswith(b"%PDF")


def test_text_is_never_read_as_markup(simulation: Values, inputs: Values) -> None:
    rows = [row | {"libelle": "= Titre injecté #panic() $x$"} for row in simulation["indicateurs"]]
    content = simulation_content(simulation | {"indicateurs": rows}, inputs=inputs, today=TODAY)
    headings = json.loads(
        typst.query(
            TEMPLATES / "simulation.typ",
            "heading",
            root=TEMPLATES,
            sys_inputs={"data": json.dumps(content | {"polices": list(fonts.families())})},
        )
    )
    assert len(headings) > 5
    assert "injecté" not in json.dumps(headings, ensure_ascii=False)


def test_a_template_and_data_that_do_not_fit_are_refused() -> None:
    with pytest.raises(typst.TypstError):
        render("simulation.typ", {"titre": "Sans rien d'autre"}, TODAY)


def test_answers_are_not_changed_by_their_document(
    simulation: Values, inputs: Values, orientation: Values, situation: Values
) -> None:
    before = copy.deepcopy((simulation, orientation))
    simulation_pdf(simulation, inputs=inputs, today=TODAY)
    orientation_pdf(orientation, situation=situation, today=TODAY)
    assert (simulation, orientation) == before


def test_a_font_is_always_found() -> None:
    assert "Libertinus Serif" in fonts.families()


class TestSimulationContent:
    def test_the_greatest_gain_comes_first(self, simulation: Values, inputs: Values) -> None:
        gains = simulation_content(simulation, inputs=inputs, today=TODAY)["gains"]
        assert [gain["manque"] for gain in gains] == ["Passer au niveau 2", "Accueillir 2 stagiaires"]

    def test_an_unknown_value_is_to_confirm_and_a_zero_is_a_zero(self, simulation: Values, inputs: Values) -> None:
        content = simulation_content(simulation | {"avance": None}, inputs=inputs, today=TODAY)
        figures = {figure["nom"]: figure["valeur"] for figure in content["reperes"]}
        assert figures["Majoration de précarité"] == figures["Avance"] == "à confirmer"
        assert content["axes"][1]["indicateurs"][0]["montant"] == "0\u00a0€"

    def test_a_missing_prerequisite_is_said_at_the_top(self, simulation: Values, inputs: Values) -> None:
        blocked = simulation | {"prerequis_manquants": ["horaires"], "montant_si_prerequis": "1400.00"}
        content = simulation_content(blocked, inputs=inputs, today=TODAY)
        assert content["alerte"].startswith("Un prérequis manque")
        assert content["suppose"] == ""
        assert [(item["libelle"], item["mot"]) for item in content["prerequis"]] == [
            ("Indicateur horaires", "Manquant"),
            ("Indicateur logiciel", "Rempli"),
        ]

    def test_while_a_prerequisite_is_missing_the_amount_is_the_one_it_would_bring(
        self, simulation: Values, inputs: Values
    ) -> None:
        blocked = simulation | {
            "prerequis_manquants": ["horaires"], "montant": "0.00", "montant_si_prerequis": "1400.00"
        }  # fmt: skip
        content = simulation_content(blocked, inputs=inputs, today=TODAY)
        assert (content["montant"], content["montant_si_prerequis"]) == ("0\u00a0€", "1\u202f400\u00a0€")
        assert simulation_content(simulation, inputs=inputs, today=TODAY)["montant_si_prerequis"] == ""
        assert simulation_pdf(blocked, inputs=inputs, today=TODAY).startswith(b"%PDF")

    def test_with_three_numbers_the_prerequisites_are_to_specify_and_the_balance_supposes_them(self) -> None:
        situation = SituationAciMsp(annee=2026, patientele=6000, associes=3)
        told, given = simulate(situation).as_dict(), situation.model_dump(mode="json")
        content = simulation_content(told, inputs=given, today=TODAY)
        figures = {figure["nom"]: figure["valeur"] for figure in content["reperes"]}
        assert "Points" not in figures
        assert figures["Solde"] == french.euros(Decimal(told["montant_si_prerequis"]) - Decimal(told["avance"]))
        assert {item["mot"] for item in content["prerequis"]} == {"À préciser"}
        assert content["alerte"] == ""
        assert content["suppose"].startswith("4 prérequis à préciser")
        assert simulation_pdf(told, inputs=given, today=TODAY).startswith(b"%PDF")

    def test_one_action_is_one_gain_with_all_its_lines(self, simulation: Values, inputs: Values) -> None:
        simulation["gains"][0] |= {"indicateurs": ["qualite", "stages"]}
        gains = simulation_content(simulation, inputs=inputs, today=TODAY)["gains"]
        assert gains[0]["libelle"].count("Indicateur ") == 2

    def test_every_sum_is_printed_with_its_formula(self, simulation: Values, inputs: Values) -> None:
        amount, increase = simulation_content(simulation, inputs=inputs, today=TODAY)["sommes"]
        assert amount == {
            "libelle": "Montant de l'année", "explication": "200 points à 7 € = 1 400 €.",
            "montant": "1\u202f400\u00a0€",
        }  # fmt: skip
        assert increase["montant"] == "à confirmer"

    def test_a_scenario_kept_aside_is_compared(self, simulation: Values, inputs: Values) -> None:
        kept = Told(simulation | {"montant": "2100.00", "a_confirmer": []}, inputs | {"associes": 12})
        compared = simulation_content(simulation, inputs=inputs, today=TODAY, reference=kept)["comparaison"]
        assert compared["reponses"] == [
            {
                "nom": "Professionnels associés",
                "a": "12\u00a0professionnels",
                "b": "9\u00a0professionnels",
            }
        ]
        assert compared["montants"][0]["ecart"] == "\u2212700\u00a0€"
        assert [group["titre"] for group in compared["reserves"]] == ["dans le scénario B seulement"]
        assert simulation_pdf(simulation, inputs=inputs, today=TODAY, reference=kept).startswith(b"%PDF")

    def test_what_was_declared_is_said_in_the_words_of_the_form(self, simulation: Values, inputs: Values) -> None:
        inputs |= {"plan_crise": False, "protocoles": 0}
        declared = simulation_content(simulation, inputs=inputs, today=TODAY)["declare"]
        answers = {item["nom"]: item["valeur"] for item in declared}
        assert answers["Année"] == "2025"
        assert answers["Ouverture le samedi matin"] == "oui"
        assert answers["Fermeture pendant les congés"] == "3 semaines au plus, pendant les vacances scolaires"
        assert answers["Patientèle"] == "6\u202f000\u00a0patients"
        assert answers["Part des patients à la C2S"] == "12\u00a0%"
        assert not {"Part des patients à l'AME", "Protocoles pluriprofessionnels"} & set(answers)

    def test_each_parameter_and_each_text_is_listed_once(self, simulation: Values, inputs: Values) -> None:
        content = simulation_content(simulation, inputs=inputs, today=TODAY)
        point, label = content["parametres"]
        assert point["valeur"] == "7\u00a0euros par point"
        assert point["validite"] == "depuis le 1er\u00a0janvier\u00a02022"
        assert (label["valeur"], label["a_confirmer"]) == ("oui", True)
        assert [text["url"] for text in content["textes"]] == ["https://exemple.fr/guide", ""]
        assert point["textes"] == label["textes"] == [1, 2]

    def test_an_address_that_is_not_of_the_web_is_printed_but_not_opened(
        self, simulation: Values, inputs: Values
    ) -> None:
        address = simulation_content(simulation, inputs=inputs, today=TODAY, address="javascript:alert(1)")["adresse"]
        assert address["url"] == ""
        assert "javascript" in address["texte"]


class TestOrientationContent:
    def test_structures_come_from_the_nearest_to_the_furthest(self, orientation: Values, situation: Values) -> None:
        content = orientation_content(orientation, situation=situation, today=TODAY)
        assert [(item["code"], item["mot"]) for item in content["structures"]] == [
            ("MSP", "À préciser"),
            ("ESS", "Non"),
        ]
        assert [item["compte"] for item in content["structures"]] == ["1 remplie sur 2", "0 remplie sur 1"]

    def test_the_team_and_the_place_are_written_in_full(self, orientation: Values, situation: Values) -> None:
        content = orientation_content(orientation, situation=situation, today=TODAY)
        assert content["sous_titre"] == "2 médecins généralistes en libéral, 1 infirmier"
        assert content["lieu"] == "Redon (35236), Bretagne, 8\u202f800 habitants (2021)"
        assert content["date_des_regles"] == "1er\u00a0novembre\u00a02026"

    def test_a_team_not_described_is_not_an_empty_team(self, orientation: Values) -> None:
        teams = [
            orientation_content(orientation, situation=situation, today=TODAY)["sous_titre"]
            for situation in ({}, {"professionnels": []})
        ]
        assert teams == ["Équipe non précisée", "Aucun professionnel dans l'équipe"]

    def test_an_unknown_population_is_to_confirm(self, orientation: Values) -> None:
        orientation["commune"] |= {"population": None, "millesime": None}
        assert orientation_content(orientation, situation={}, today=TODAY)["lieu"].endswith("population à confirmer")

    def test_what_is_missing_and_what_is_unknown_are_told_apart(self, orientation: Values) -> None:
        nearest, furthest = orientation_content(orientation, situation={}, today=TODAY)["structures"]
        assert nearest["manque"] == ["1 condition à préciser"]
        assert furthest["manque"] == ["Condition specialite"]

    def test_money_is_an_interval_or_to_confirm(self, orientation: Values) -> None:
        nearest, furthest = orientation_content(orientation, situation={}, today=TODAY)["structures"]
        assert nearest["argent"] == [
            "Aide annuelle : 50\u202f000\u00a0€ à 100\u202f000\u00a0€ par an",
        ]
        assert furthest["argent"] == []

    def test_a_known_amount_that_must_be_confirmed_says_so(self, orientation: Values) -> None:
        orientation["structures"]["MSP"]["financements"][0] |= {"a_confirmer": True, "montant_max": None}
        nearest, _ = orientation_content(orientation, situation={}, today=TODAY)["structures"]
        assert nearest["argent"][0] == "Aide annuelle : au moins 50\u202f000\u00a0€ par an (à confirmer)"

    def test_amounts_that_are_known_come_first_in_the_comparison(self, orientation: Values) -> None:
        orientation["structures"]["MSP"]["financements"].reverse()
        nearest, _ = orientation_content(orientation, situation={}, today=TODAY)["structures"]
        assert nearest["argent"][0].startswith("Aide annuelle")
        assert [aid["libelle"] for aid in nearest["financements"]] == ["Aide annuelle", "Aide inconnue"]

    def test_a_reason_already_in_the_explanation_is_not_repeated(self, orientation: Values) -> None:
        orientation["structures"]["ESS"]["etat"] = "pas_encore"
        _, unknown = orientation["structures"]["MSP"]["financements"]
        unknown["explication"] = "Montant à confirmer : Montant non établi."
        nearest, furthest = orientation_content(orientation, situation={}, today=TODAY)["structures"]
        assert nearest["financements"][1]["motif"] is None
        assert furthest["financements"][1]["motif"] == "Montant non établi"

    def test_an_organisation_is_listed_once_with_the_structures_it_helps(self, orientation: Values) -> None:
        (contact,) = orientation_content(orientation, situation={}, today=TODAY)["contacts"]
        assert contact["pour"] == "MSP, ESS"


def test_documents_are_imported_without_the_rule_engine_nor_the_drawing_ones() -> None:
    heavy = "{'openfisca_core', 'vl_convert', 'typst', 'altair'}"
    modules = "maillage.core.documents.typst_pdf, maillage.core.documents.charts"
    code = f"import sys, {modules}; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_text_that_founds_several_things_is_listed_once_with_its_address(
    orientation: Values, situation: Values
) -> None:
    content = orientation_content(orientation, situation=situation, today=TODAY)
    titles = [(text["titre"], text["url"]) for text in content["textes"]]
    assert titles
    assert len(titles) == len(set(titles))
    assert all(bool(text["adresse"]) == bool(text["url"]) for text in content["textes"])


def test_the_year_of_a_population_stands_in_one_pair_of_brackets(orientation: Values, situation: Values) -> None:
    place = orientation["commune"] | {"millesime": "population municipale 2023 (INSEE)"}
    content = orientation_content(orientation | {"commune": place}, situation=situation, today=TODAY)
    assert content["lieu"].endswith("habitants (population municipale 2023, INSEE)")
