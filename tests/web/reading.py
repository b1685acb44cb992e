"""A page as it was sent, read as a tree: enough to ask what a visitor finds on it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "source", "wbr"}


class Shown(str):
    """Words of a page: equal to the same words written with straight apostrophes, as data and rules write them."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        return str.__contains__(_straight(self), _straight(str(words)))

    def __eq__(self, words: object) -> bool:
        return isinstance(words, str) and str.__eq__(_straight(self), _straight(words))

    def __ne__(self, words: object) -> bool:
        return not self == words

    def __hash__(self) -> int:
        return str.__hash__(self)

    def startswith(self, words: str, *bounds: int) -> bool:  # type: ignore[override]
        """Whether it begins with these words."""
        return str.startswith(_straight(self), _straight(words), *bounds)

    def endswith(self, words: str, *bounds: int) -> bool:  # type: ignore[override]
        """Whether it ends with these words."""
        return str.endswith(_straight(self), _straight(words), *bounds)

    def count(self, words: str, *bounds: int) -> int:  # type: ignore[override]
        """How many times it says these words."""
        return str.count(_straight(self), _straight(words), *bounds)


def _straight(words: str) -> str:
    return str.replace(words, "’", "'").replace("\xa0", " ")


class Element:
    """A tag, its attributes and what it holds."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: "Element | None" = None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []

    def every(self) -> Iterator["Element"]:
        """The elements inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.every()

    def all(self, *tags: str, word: str = "", **attrs: str | bool) -> list["Element"]:
        """The elements of these tags and attributes whose text holds ``word``.

        ``class_`` names one class among others, ``aria_label`` stands for ``aria-label``, ``True`` asks for any value.
        """
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [e for e in self.every() if (not tags or e.tag in tags) and e.has(wanted) and word in e.text]

    def one(self, *tags: str, word: str = "", **attrs: str | bool) -> "Element":
        """The only such element. Raises ``AssertionError`` when there is none, or several."""
        found = self.all(*tags, word=word, **attrs)
        assert len(found) == 1, f"{len(found)} × {tags} {attrs} {word!r}"
        return found[0]

    def has(self, wanted: dict[str, str | bool]) -> bool:
        """Whether every wanted attribute is there, with its value."""
        return all(self._has(name, value) for name, value in wanted.items())

    def _has(self, name: str, value: str | bool) -> bool:
        given = self.attrs.get(name)
        if given is None or isinstance(value, bool):
            return (given is not None) is bool(value)
        return value in given.split() if name == "class" else given == value

    @property
    def text(self) -> str:
        """The words inside, spaces brought to one."""
        return Shown(re.sub(r"\s+", " ", "".join(_texts(self))).strip())

    @property
    def above(self) -> list["Element"]:
        """The elements around this one, the nearest first."""
        return [self.parent, *self.parent.above] if self.parent else []

    def described(self, page: "Element") -> str:
        """What ``aria-describedby`` reads to a blind visitor."""
        return Shown(" ".join(page.one(id=name).text for name in self.attrs.get("aria-describedby", "").split()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}> at {self.getpos()}"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        yield child if isinstance(child, str) else " ".join(_texts(child))


def read(html: str) -> Element:
    """The tree of a page or of a part of one. Raises ``AssertionError`` when a tag is not closed where it should."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is not closed"
    return reader.root
