"""A whole list of members: examined line by line, mended, then written at once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.structures.bringing import Brought
from maillage.apps.structures.bringing import bring as bring_all
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.apps.structures.roster import COLUMNS, Line, Roster, examine
from maillage.apps.structures.roster_belongings import COLUMNS as OF_BELONGINGS
from maillage.apps.structures.sheets import written
from maillage.core.kernel.french import plural
from maillage.core.kernel.problems import BadInput
from maillage.web.exports import export
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.bringing import CHECK, SET_ASIDE, WRITE, given_rows

EXAMPLE = {
    "nom": "Exemple", "prenom": "Anne", "metier": "infirmier", "email": "anne@exemple.fr", "is_signatory": "oui",
    "joined_on": "01/01/2026", "qualite": "adhérent", "depuis": "01/01/2026",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def bring(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list pasted or deposited, its report, then its writing; nothing is written before the last."""
    if request.method != "POST":
        return _page(request, structure)
    text, step = request.POST.get("texte", ""), request.POST.get("geste", CHECK)
    try:
        rows = given_rows(request, text)
        roster = examine(structure, rows)
        if step == SET_ASIDE:
            roster = examine(structure, roster.right_rows)
        if step == WRITE and roster.is_ready:
            done = bring_all(structure, roster, by=person(request), at=timezone.now())
            messages.success(request, _words(done))
            return redirect("web:structure_equipe", structure.pk)
    except BadInput as wrong:
        return _page(request, structure, text=text, refused=" ".join(by_field(wrong).values()))
    return _page(request, structure, text=written(roster.rows), roster=roster)


@require_safe
@for_writers
def template(request: HttpRequest, structure: Structure, nature: str) -> HttpResponse:
    """An empty list with its titles and one line of example, to fill."""
    if nature not in ("csv", "xlsx"):
        raise Http404
    entity = structure.legal_entities.first()
    titles = [names[0].capitalize() for names in (*COLUMNS.values(), *OF_BELONGINGS.values())]
    example = {**EXAMPLE, "entite": str(entity) if entity else "Association des soignants"}
    return export(nature, "modele-equipe", titles, [[example.get(name, "") for name in (*COLUMNS, *OF_BELONGINGS)]])


def _words(done: Brought) -> str:
    told = [f"{done.members} {plural(done.members, 'personne ajoutée', 'personnes ajoutées')} à l’équipe"]
    if done.belongings:
        told.append(f"{done.belongings} {plural(done.belongings, 'appartenance notée', 'appartenances notées')}")
    if done.noted:
        told.append(f"parts ou cotisation notées pour {done.noted} {plural(done.noted, 'personne', 'personnes')}")
    return f"{', '.join(told)}."


def _page(
    request: HttpRequest, structure: Structure, *, text: str = "", refused: str = "", roster: Roster | None = None
) -> HttpResponse:
    context = {
        "structure": structure,
        "texte": text,
        "refus": refused,
        "liste": roster,
        "lignes": [_shown(each) for each in roster.lines] if roster else [],
        "colonnes": [names[0] for names in COLUMNS.values()],
        "appartenances": [names[0] for names in OF_BELONGINGS.values()],
    }
    is_wrong = bool(refused) or (roster is not None and bool(roster.wrong))
    return render(request, "structures/equipe/importer.html", context, status=422 if is_wrong else 200)


def _shown(line: Line) -> dict[str, object]:
    """A line of the report: what it says, and what is wrong in words."""
    fields = line.fields
    person_said = f"{line.cells.get('prenom', '')} {line.cells.get('nom', '')}".strip()
    return {
        "numero": line.number,
        "qui": f"{fields.prenom} {fields.nom}".strip() if fields else person_said,
        "metier": name_of(fields.metier) if fields else line.cells.get("metier", ""),
        "rpps": fields.rpps if fields else line.cells.get("rpps", ""),
        "problemes": list(by_field(BadInput(line.problems)).items()),
        "remarques": line.remarks,
        "connu": line.known,
        "note": line.begun is not None and not line.begun.writes,
        "devient": line.begun,
    }
