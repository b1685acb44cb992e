"""A round where the team of the small world scores its maturity, and what it will improve."""

from tests import cast

from maillage.apps.quality.services.maturity import (
    ImprovementFields,
    RoundFields,
    improve,
    name_dimensions,
    open_round,
    score,
)


class Maturity:
    """One of each, written by the porteuse, who has scored."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        name_dimensions(people.structure, {"equipe": ["Réunions"]}, **told)
        self.round = open_round(people.structure, RoundFields(name="Automne", top=4), **told)
        dimension = people.structure.maturity_dimensions.get()
        score(self.round, {dimension.pk: 2}, **told)
        self.improvement = improve(people.structure, ImprovementFields(what="Se réunir"), **told)
