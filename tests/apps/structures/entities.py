"""An association and a SISA of the structure of the cast, and acts on them by the porteuse."""

import datetime

from tests import cast

from maillage.apps.structures import belongings, dues, shares
from maillage.apps.structures.belonging_fields import BelongingFields, DuesFields, MovementFields, PaymentFields
from maillage.apps.structures.models import Belonging, DuesYear, LegalEntity, Member
from maillage.core.kernel.problems import read

JANUARY = datetime.date(2026, 1, 1)


class Entities:
    """The legal persons, and short ways to act."""

    def __init__(self, people: cast.Cast) -> None:
        self.people, self.structure = people, people.structure
        self.told = {"by": people.porteuse, "at": cast.NOW}
        self.association = LegalEntity.objects.create(structure=self.structure, form="association_1901", nom="Les amis")
        self.sisa = LegalEntity.objects.create(structure=self.structure, form="sisa", nom="SISA de Redon")
        self.porteuse = Member.objects.get(structure=self.structure, prenom="Porteuse")
        self.membre = Member.objects.get(structure=self.structure, prenom="Membre")

    def begin(self, who=None, entity=None, **said) -> Belonging:
        fields = {"entity": (entity or self.association).pk, "quality": "adherent", "since": JANUARY, **said}
        return belongings.begin(self.structure, who or self.porteuse, read(BelongingFields, fields), **self.told)

    def move(self, shares_moved: int, *, giver: str = "", taker: str = "", day=JANUARY, **said):
        fields = {"giver": giver, "taker": taker, "shares": shares_moved, "day": day, **said}
        return shares.move(self.sisa, read(MovementFields, fields), **self.told)

    def amounts(self, year: int = 2026, **said) -> DuesYear:
        return dues.set_amounts(self.association, year, read(DuesFields, {"amounts": said}), **self.told)

    def pay(self, year: DuesYear, *belongings_paid: Belonging, **said):
        chosen = [str(each.pk) for each in belongings_paid]
        return dues.pay(year, chosen, read(PaymentFields, said), **self.told)
