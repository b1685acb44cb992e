"""The page of the matrix of rights, written from what is declared."""

from collections.abc import Callable

from tools.droits import ANSWERS, Declared, Route, Row, declared, routes

STATE_WORDS = "en préparation, partagé, archivé"
MEANING = {
    "autorisé": "la page s'ouvre, l'acte se fait",
    "lecture": "la page s'ouvre sans formulaire, ce qu'elle enverrait est refusé",
    "caché": "« introuvable » (404), comme si l'adresse n'existait pas",
    "connexion": "renvoi vers la page de connexion ; 401 pour l'API",
    "refusé": "« cette page ne vous est pas ouverte » (403)",
}


def rights_page() -> str:
    """Every address and method, by person; three letters when the answer depends on the state of the project."""
    table = declared()
    paths = {route.key: route for route in routes()}
    letters = "\n".join(f"| **{letter}** | {word} : {MEANING[word]} |" for word, letter in ANSWERS.items())
    people = "\n".join(f"| {number} | {label} |" for number, label in enumerate(table.people.values(), start=1))
    return (
        "# Droits\n\n"
        "Qui obtient quoi, à chaque adresse. Un test demande chacune pour chaque personne : cette page dit ce que le "
        "site fait. Pour ajouter une ligne, voyez le [guide](../guides/matrice-des-droits.md).\n\n"
        f"| Lettre | Réponse |\n|---|---|\n{letters}\n\n"
        f"Trois lettres : la réponse quand le projet est {STATE_WORDS}.\n\n"
        f"## Personnes\n\n| N° | Personne |\n|---|---|\n{people}\n\n"
        f"## Adresses réservées\n\n{_rows(table, paths)}\n"
        f"## Adresses ouvertes à tous\n\nChacun y obtient la même réponse, connecté ou non.\n\n{_public(table, paths)}"
    )


def _rows(table: Declared, paths: dict[str, Route]) -> str:
    numbers = " | ".join(str(number) for number in range(1, len(table.people) + 1))
    head = f"| Adresse | Méthode | {numbers} |\n|---|---|{':-:|' * len(table.people)}\n"
    return head + "".join(_row(row, paths[row.route].path) for row in sorted(table.rows, key=_rank(paths)))


def _rank(paths: dict[str, Route]) -> Callable[[Row], tuple[str, str]]:
    return lambda row: (paths[row.route].path, row.method)


def _row(row: Row, path: str) -> str:
    cells = " | ".join(_cell(answers) for answers in row.cells.values())
    return f"| `{shown(path)}` | {row.method} | {cells} |\n"


def _cell(answers: tuple[str, ...]) -> str:
    letters = [ANSWERS[answer] for answer in answers]
    return letters[0] if len(set(letters)) == 1 else " ".join(letters)


def _public(table: Declared, paths: dict[str, Route]) -> str:
    told = sorted(
        (shown(paths[name].path), " ".join(given.get("methodes", ["GET"]))) for name, given in table.public.items()
    )
    return "| Adresse | Méthode |\n|---|---|\n" + "".join(f"| `{path}` | {methods} |\n" for path, methods in told)


def shown(path: str) -> str:
    """A path as a reader writes it, without the marks of regular expressions; the bar would cut the table."""
    return path.replace("^", "").replace("$", "").replace("(?P", "").replace(")", "").replace("|", "\\|")
