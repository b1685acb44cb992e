"""Pages of the rules: the list, a rule, a parameter."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.core.rules import listing
from maillage.core.rules.catalogue import cases_of, rules, users_of_parameter
from maillage.core.rules.contradictions import contradictions, contradictions_of
from maillage.core.rules.system import system
from maillage.web.exports import export
from maillage.web.regles import asked, presenter
from maillage.web.regles.asked import Asked
from maillage.web.regles.cases import readable

CASES_SHOWN = 5
"""Cases beyond which the others are folded."""


def index(request: HttpRequest) -> HttpResponse:
    """Every rule and every parameter, filtered by words, domain and state; exported as shown."""
    question = _asked(request)
    parameters = presenter.parameter_rows(question)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx") and not question.refused:
        return export(kind, "parametres-maillage", presenter.EXPORT_HEADER, presenter.export_rows(parameters))
    found = presenter.rule_rows(question)
    context = {
        **_common(question),
        "nombre_de_regles": len(found),
        "nombre_de_parametres": len(parameters),
        "regles": presenter.families(found, lambda rule: listing.domain_of_rule(rule.name)),
        "parametres": presenter.families(parameters, lambda row: row.domain),
        "apres_verification": sum(bool(row.warning) for row in parameters),
        "domaines": listing.DOMAINS,
    }
    return render(request, "regles/index.html", context, status=question.status)


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule: its text, its parameters on a date, what it uses, who uses it, its cases, its formula."""
    found = rules().get(name)
    if found is None:
        raise Http404(f"La règle « {name} » n'existe pas.")
    question = _asked(request)
    engine = system(question.region)
    context = {
        **_common(question),
        **_cases(cases_of(name)),
        "regle": found,
        "domaine": presenter.INPUTS if found.is_given else listing.domain_label(listing.domain_of_rule(name)),
        "parametres": [presenter.parameter_row(engine.text(path), question.date) for path in found.parameters],
        "utilise": presenter.rules_named(found.uses),
        "utilisee_par": presenter.rules_named(found.used_by),
        "contradictions": contradictions_of(found.parameters),
    }
    return render(request, "regles/regle.html", context, status=question.status)


def parameter(request: HttpRequest, path: str) -> HttpResponse:
    """One parameter: its values by date with their texts, its regional values, who uses it."""
    question = _asked(request)
    try:
        text = system(question.region).text(path)
    except KeyError:
        raise Http404(f"Le paramètre « {path} » n'existe pas.") from None
    context = {
        **_common(question),
        **_cases(presenter.cases_of_parameter(path)),
        "texte": text,
        "ligne": presenter.parameter_row(text, question.date),
        "domaine": listing.domain_label(listing.domain_of_path(path)),
        "historique": list(presenter.history(text)),
        "regionaux": presenter.regional_values(path, question.date),
        "regles": users_of_parameter(path),
        "aides": listing.aids_using(path),
        "contradictions": contradictions_of([path]),
    }
    return render(request, "regles/parametre.html", context, status=question.status)


def guides(request: HttpRequest) -> HttpResponse:
    """What the source guides print and what is held, with the rules concerned."""
    engine = system()
    rows = [(each, [engine.text(path) for path in each.paths]) for each in contradictions()]
    return render(request, "regles/contradictions.html", {"lignes": rows})


def _asked(request: HttpRequest) -> Asked:
    return asked.read(request.GET, today=timezone.localdate())


def _common(question: Asked) -> dict[str, Any]:
    """What every page of the rules shows of what is asked."""
    return {
        "demande": question,
        "date": question.date,
        "regions": presenter.regions(),
        "politique": presenter.policy(question.region, question.date),
    }


def _cases(found: Any) -> dict[str, Any]:
    """The first cases, and those that are folded."""
    written = readable(found)
    return {"cas": written[:CASES_SHOWN], "autres_cas": written[CASES_SHOWN:]}
