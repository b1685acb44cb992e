"""The page of the kinds of dossier, written from their definitions: what is asked, what is checked, the path."""

from collections.abc import Iterable

from maillage.core.dossiers import explaining, path
from maillage.core.dossiers.definition import CheckData, Definition, DocumentData, FieldData, Sourced
from maillage.core.dossiers.kinds import every_kind
from maillage.core.rules.orientation import packs

INTRODUCTION = (
    "# Natures de dossier\n\n"
    "Ce qu'une équipe peut déposer, par nature et par région. Confiance : **A** plusieurs sources ou le texte "
    "officiel, **B** une source, **C** incertain ou choix de Maillage. Un geste absent du parcours est refusé ; ceux "
    f"que le tableau d'un parcours ne cite pas viennent de l'« {explaining.USAGE} » (C). Pour en ajouter une, voyez le "
    "[guide](../guides/definir-une-demarche.md).\n\n"
)


def dossiers_page() -> str:
    """Every kind, the national ones first, then those that a region changes or adds."""
    return INTRODUCTION + "\n".join(_section(each) for each in every_kind())


def _section(kind: Definition) -> str:
    where = f" ({packs.pack(kind.pack).nom})" if kind.pack else ""
    parts = [
        f"## {kind.titre}{where}\n\n`{kind.code}`{f', région `{kind.pack}`' if kind.pack else ''}. {kind.resume}\n",
        _facts(kind),
        _fields(kind),
        _documents(kind),
        _checks(kind),
        _grounds(kind),
        f"### Parcours\n\n```mermaid\n{path.diagram(kind)}\n```\n\n{_ways(kind)}",
    ]
    return "\n".join(part for part in parts if part)


def _facts(kind: Definition) -> str:
    rows = [
        ("Structures", ", ".join(kind.structures)),
        ("Qui dépose", kind.deposant),
        ("Qui décide", kind.decide),
        ("Commission", " ".join(explaining.advice(each) for each in kind.avis)),
        ("Délai de réponse", f"{explaining.delay(kind)}{_sure(kind.delai)}"),
        ("Silence", explaining.silence(kind)),
        ("Délai pour déposer", f"{explaining.filing_delay(kind)}{_sure(kind.delai_du_deposant)}"),
        ("Textes", " ; ".join(kind.textes)),
        ("Source", f"{kind.source} ({kind.confiance})"),
        ("À confirmer", _line(kind.a_confirmer)),
        ("Lettres", ", ".join(f"{each.pour} : `{each.modele}`" for each in kind.courriers)),
    ]
    body = "\n".join(f"| {name} | {value} |" for name, value in rows if value)
    return f"| | |\n|---|---|\n{body}\n"


def _fields(kind: Definition) -> str:
    rows = ((each, explaining.TYPES[each.type], each.obligatoire) for each in kind.champs)
    return _parts(kind, "Questions", "Question", "Réponse", rows)


def _documents(kind: Definition) -> str:
    rows = ((each, ", ".join(each.formats), each.obligatoire) for each in kind.pieces)
    return _parts(kind, "Pièces", "Pièce", "Formats", rows)


def _parts(
    kind: Definition, title: str, what: str, how: str, parts: Iterable[tuple[FieldData | DocumentData, str, bool]]
) -> str:
    rows = "\n".join(
        f"| {part.libelle} | {kinds} | {_when(kind, part) if needed else 'facultatif'} | {_source(part)} |"
        for part, kinds, needed in parts
    )
    return f"### {title}\n\n| {what} | {how} | Demandé | Source |\n|---|---|---|---|\n{rows}\n" if rows else ""


def _when(kind: Definition, part: FieldData | DocumentData | CheckData) -> str:
    return explaining.asked_when(kind, part) or "toujours"


def _checks(kind: Definition) -> str:
    rows = "\n".join(
        f"| {each.enonce} | `{each.regle}`{_figures(each)} | {_when(kind, each)} | {explaining.effect(each)} "
        f"| {_source(each)} |"
        for each in kind.verifications
    )
    head = "| Condition | Règle | Appliquée | Si elle manque | Source |\n|---|---|---|---|---|\n"
    return f"### Vérifications\n\n{head}{rows}\n" if rows else ""


def _figures(check: CheckData) -> str:
    return "".join(f" `{each}`" for each in explaining.parameters_of(check))


def _grounds(kind: Definition) -> str:
    rows = "\n".join(f"- {each.libelle}. {_source(each)}" for each in kind.motifs_de_refus)
    return f"### Motifs de refus\n\n{rows}\n" if rows else ""


def _ways(kind: Definition) -> str:
    rows = "\n".join(
        f"| {step.state.titre}{_mark(step.state.repere)} | {way.said} | {way.actors} "
        f"| {way.target.titre if way.target else 'le même'} | {_source(way.transition)} |"
        for step in explaining.steps(kind)
        for way in step.ways
        if not way.is_ours
    )
    return f"| État | Geste | Par | Devient | Source |\n|---|---|---|---|---|\n{rows}\n" if rows else ""


def _mark(mark: str) -> str:
    return f" ({mark})" if mark else ""


def _source(part: Sourced) -> str:
    doubt = f" À confirmer : {_line(part.a_confirmer)}." if part.a_confirmer else ""
    return f"{part.source} ({part.confiance}).{doubt}"


def _sure(part: Sourced | None) -> str:
    return f" {_source(part)}" if part else ""


def _line(words: str) -> str:
    return " ".join(words.split()).rstrip(".")
