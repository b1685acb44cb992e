"""Pages of the rules: the list, a rule, a parameter."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.core.rules.catalogue import cases_of, rules, users_of_parameter
from maillage.core.rules.orientation.packs import pack_codes
from maillage.core.rules.system import system
from maillage.web.exports import export
from maillage.web.regles import presenter
from maillage.web.regles.cases import readable


def index(request: HttpRequest) -> HttpResponse:
    """Every rule and every parameter, filtered by words, domain and state; exported as shown."""
    date, pack = _date(request), _pack(request)
    words, domain = request.GET.get("q", "").strip(), request.GET.get("domaine", "")
    only_doubtful = request.GET.get("etat") == "a_confirmer"
    parameters = [
        row
        for row in presenter.parameter_rows(date, pack)
        if (not domain or row.domain == domain)
        and (not only_doubtful or row.to_confirm)
        and presenter.matches(words, row.text.label, row.text.path, *row.text.ids)
    ]
    if (kind := request.GET.get("format")) in ("csv", "xlsx"):
        return export(kind, "parametres-maillage", presenter.EXPORT_HEADER, presenter.export_rows(parameters))
    found = [
        row
        for row in presenter.rule_rows()
        if not only_doubtful
        and (not domain or row.domain == domain)
        and presenter.matches(words, row.rule.label, row.rule.name, getattr(row.rule.spec, "id", ""))
    ]
    context = {
        "parametres": parameters, "regles": found, "domaines": presenter.DOMAINS, "q": words, "domaine": domain,
        "etat": request.GET.get("etat", ""), "date": date, "region": pack, "regions": presenter.regions(),
        "filtres": _filters(request),
    }  # fmt: skip
    return render(request, "regles/index.html", context)


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule: its text, its parameters on a date, what it uses, who uses it, its cases, its formula."""
    found = rules().get(name)
    if found is None:
        raise Http404(f"La règle « {name} » n'existe pas.")
    date, pack = _date(request), _pack(request)
    engine = system(pack)
    context = {
        "regle": found,
        "domaine": presenter.DOMAINS.get(presenter.domain_of(name), presenter.INPUTS),
        "parametres": [presenter.parameter_row(engine.text(path), date) for path in found.parameters],
        "utilise": presenter.rules_named(found.uses),
        "utilisee_par": presenter.rules_named(found.used_by),
        "cas": readable(cases_of(name)),
        "date": date,
        "region": pack,
        "regions": presenter.regions(),
    }
    return render(request, "regles/regle.html", context)


def parameter(request: HttpRequest, path: str) -> HttpResponse:
    """One parameter: its values by date with their texts, its regional values, who uses it."""
    date, pack = _date(request), _pack(request)
    try:
        text = system(pack).text(path)
    except KeyError:
        raise Http404(f"Le paramètre « {path} » n'existe pas.") from None
    context = {
        "texte": text,
        "ligne": presenter.parameter_row(text, date),
        "domaine": presenter.DOMAINS.get(path.split(".")[0], ""),
        "historique": list(presenter.history(text)),
        "regionaux": presenter.regional_values(path, date),
        "regles": users_of_parameter(path),
        "aides": presenter.aids_using(path),
        "cas": readable(presenter.cases_of_parameter(path)),
        "date": date,
        "region": pack,
        "regions": presenter.regions(),
    }
    return render(request, "regles/parametre.html", context)


def _date(request: HttpRequest) -> datetime.date:
    """The day asked in the address, today when there is none or when it is not a day."""
    try:
        return datetime.date.fromisoformat(request.GET.get("date", ""))
    except ValueError:
        return timezone.localdate()


def _pack(request: HttpRequest) -> str:
    asked = request.GET.get("region", "")
    return asked if asked in pack_codes() else ""


def _filters(request: HttpRequest) -> str:
    """The filters in force, to carry them into the address of an export."""
    query = request.GET.copy()
    query.pop("format", None)
    return query.urlencode()
