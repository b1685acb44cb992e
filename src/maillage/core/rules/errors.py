"""What the rules do not know, said with the dates that they do know."""

import datetime

from openfisca_core.errors import ParameterNotFoundError, SituationParsingError

from maillage.core.kernel import french


class UnknownValue(ParameterNotFoundError, SituationParsingError):
    """A parameter has no established value at a date.

    The web API of OpenFisca answers it with status 422 and its sentence (``error``, ``code``).

    ``path`` names the parameter, ``label`` says it in French, ``at`` is the date asked, ``known`` the
    first days of the values that exist (oldest first) and ``reason`` why there is none, when the YAML says it.
    """

    def __init__(
        self, path: str, label: str, at: datetime.date, known: tuple[datetime.date, ...], reason: str = ""
    ) -> None:
        super().__init__(path, at.isoformat())
        self.path, self.label, self.at, self.known, self.reason = path, label, at, known, reason
        self.message = self._sentence()
        self.args = (self.message,)
        self.error, self.code = {"parametres": {path: self.message}}, 422

    def __str__(self) -> str:
        return self.message

    def _sentence(self) -> str:
        head = f"« {self.label} » n'a pas de valeur établie au {french.day(self.at)}"
        why = f" : {self.reason}" if self.reason else ""
        return f"{head}{why} ; {self._dates()}."

    def _dates(self) -> str:
        if not self.known:
            return "aucune date n'est établie"
        if self.at < self.known[0]:
            return f"première date connue : {french.day(self.known[0])}"
        return "dates connues : " + ", ".join(french.day(day) for day in self.known)
