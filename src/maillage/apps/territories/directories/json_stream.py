"""A JSON document too large for the memory: its members one by one, and the items of its arrays one by one."""

import io
import json
from collections.abc import Iterator
from typing import IO, Any

from maillage.apps.territories.reading.rows import LoadError

CHUNK = 1 << 20
LARGEST = 1 << 25
"""No item of an official flow comes near: a text that still cannot be read after 32 million characters is faulty."""
ENDS = tuple(",]} \n\r\t")
CUT = "Le fichier {name} est coupé, ou n'est pas du JSON : {what}."


def members(raw: IO[bytes], name: str) -> Iterator[tuple[str, Any]]:
    """Each member of the object: ``(key, value)``, or ``(key, item)`` for each item when the value is an array.

    Holds one item at a time. Raises :class:`LoadError` when the document is cut, or is not an object.
    """
    try:
        with io.TextIOWrapper(raw, "utf-8-sig") as text:
            yield from _Scanner(text, name).members()
    except UnicodeDecodeError as error:
        raise LoadError(CUT.format(name=name, what="un octet n'est pas de l'UTF-8")) from error


class _Scanner:
    def __init__(self, text: IO[str], name: str) -> None:
        self.text, self.name = text, name
        self.buffer, self.at = "", 0
        self.decoder = json.JSONDecoder()

    def members(self) -> Iterator[tuple[str, Any]]:
        self._expect("{")
        if self._next_is("}"):
            return
        while True:
            key = self._value()
            self._expect(":")
            if self._next_is("["):
                for item in self._items():
                    yield key, item
            else:
                yield key, self._value()
            if self._next_is("}"):
                return
            self._expect(",")

    def _items(self) -> Iterator[Any]:
        if self._next_is("]"):
            return
        while True:
            yield self._value()
            if self._next_is("]"):
                return
            self._expect(",")

    def _value(self) -> Any:
        self._skip_spaces()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError:
                if len(self.buffer) - self.at > LARGEST or not self._more():
                    raise self._fault("une valeur ne se termine pas") from None
                continue
            # A number may go on in the next piece: « -1.5 », « e3 ».
            if self.buffer[end : end + 1] in ENDS or not isinstance(value, int | float) or not self._more():
                self.at = end
                return value

    def _next_is(self, mark: str) -> bool:
        self._skip_spaces()
        found = self.buffer[self.at : self.at + 1] == mark
        self.at += found
        return found

    def _expect(self, mark: str) -> None:
        if not self._next_is(mark):
            raise self._fault(f"« {mark} » attendu")

    def _skip_spaces(self) -> None:
        while True:
            while self.at < len(self.buffer) and self.buffer[self.at].isspace():
                self.at += 1
            if self.at < len(self.buffer) or not self._more():
                return

    def _more(self) -> bool:
        """Read a piece more, and forget what was read; false at the end of the document."""
        piece = self.text.read(CHUNK)
        self.buffer, self.at = self.buffer[self.at :] + piece, 0
        return bool(piece)

    def _fault(self, what: str) -> LoadError:
        return LoadError(CUT.format(name=self.name, what=what))
