"""The law as code: an OpenFisca country package (``openfisca serve --country-package maillage.core.rules``).

OpenFisca costs a second to import, so it is imported when the system is first asked for.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "CountryTaxBenefitSystem":
        from maillage.core.rules.system import CountryTaxBenefitSystem

        return CountryTaxBenefitSystem
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
