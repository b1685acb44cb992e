"""Numbers with a check digit: RPPS of professionals, FINESS of establishments.

Sources: the formula of Luhn holds for every FINESS number of the sample of Occitanie (15 003) and for the
RPPS numbers that public tools print as examples. How a Corsican FINESS (2A, 2B) counts its letter is not established
by a source at hand: its form is checked, its key is not.
"""

import re

RPPS = re.compile(r"[0-9]{11}")
FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")
PLAIN = {str(digit): digit for digit in range(10)}
DOUBLED = dict(zip("0123456789", (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))


def luhn(digits: str) -> bool:
    """Whether the last digit is the key of the others by the formula of Luhn (modulo 10).

    >>> luhn("79927398713"), luhn("79927398710")
    (True, False)
    """
    plain, doubled = map(PLAIN.__getitem__, digits[::-2]), map(DOUBLED.__getitem__, digits[-2::-2])
    return (sum(plain) + sum(doubled)) % 10 == 0


def rpps_fault(number: str) -> str:
    """What is wrong with an RPPS number, in French; empty when nothing is."""
    if not RPPS.fullmatch(number):
        return "le numéro RPPS n'a pas onze chiffres"
    return "" if luhn(number) else "la clé du numéro RPPS est fausse"


def finess_fault(number: str) -> str:
    """What is wrong with a FINESS number, in French; empty when nothing is. See the module for the Corsican ones."""
    if not FINESS.fullmatch(number):
        return "le numéro FINESS n'a pas neuf caractères (neuf chiffres, ou 2A et 2B suivis de sept chiffres)"
    if not number.isdigit():
        return "" if number[0] == "2" else "le numéro FINESS a une lettre hors de la Corse (2A, 2B)"
    return "" if luhn(number) else "la clé du numéro FINESS est fausse"
