"""What a French reader types in a form: numbers with spaces and commas, rates in per cent."""

import re

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3}){1,4}")


def number(text: str) -> float | int | str:
    """A number (« 6 000 », « 11,5 »); what is not one (« 1e3 ») is kept as typed, to be refused with its words."""
    bare = "".join(text.split()).replace(",", ".")
    if not NUMBER.fullmatch(bare):
        return text
    value = float(bare)
    return int(value) if value.is_integer() else value


def count(text: str) -> float | int | str:
    """A whole number; the dot of « 6.000 » parts the thousands."""
    bare = "".join(text.split())
    return int(bare.replace(".", "")) if THOUSANDS.fullmatch(bare) else number(text)


def rate(text: str) -> float | str:
    """A rate typed in per cent (« 12,5 % »), as a fraction."""
    value = number(text.removesuffix("%").strip())
    return value if isinstance(value, str) else round(value / 100, 6)
