"""The name of a deposited file, made harmless: no folder, no invisible letter, no reserved word, no lying ending."""

import re
import unicodedata

LONGEST = 120
DEFAULT = "fichier"
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
KEPT = re.compile(r"[^\w .,()'’&+@=-]")
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def clean_name(given: str, extension: str) -> str:
    """The name to show and to give back, ending with the extension of what the file really is (« pdf »).

    >>> clean_name("../../etc/Projet\u202efdp.exe", "pdf")
    'Projetfdp.pdf'
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    stem = ENDING.sub("", KEPT.sub("_", seen)).strip(" ._")[:LONGEST].rstrip(" .") or DEFAULT
    return f"{'_' if RESERVED.fullmatch(stem) else ''}{stem}.{extension}"
