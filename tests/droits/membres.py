"""Who belongs to what in the structure of the matrix: an adhérent who paid, shares, an organisation."""

from tests import cast

from maillage.apps.structures import belongings, dues, partners, shares
from maillage.apps.structures.belonging_fields import (
    BelongingFields,
    DuesFields,
    MovementFields,
    PartnerFields,
    PaymentFields,
)
from maillage.apps.structures.models import LegalEntity, Member
from maillage.core.kernel.problems import read


class Belongings:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast, entity: LegalEntity) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        member = Member.objects.get(structure=people.structure, user=people.porteuse)
        fields = {"entity": entity.pk, "quality": "adherent", "since": cast.TODAY}
        self.belonging = belongings.begin(people.structure, member, read(BelongingFields, fields), **told)
        year = dues.set_amounts(entity, cast.TODAY.year, read(DuesFields, {"amounts": {"adherent": "50"}}), **told)
        [self.payment] = dues.pay(year, [str(self.belonging.pk)], PaymentFields(), **told)
        moved = {"taker": f"m:{member.pk}", "shares": "10", "day": cast.TODAY}
        self.movement = shares.move(entity, read(MovementFields, moved), **told)
        partner = read(PartnerFields, {"nom": "EHPAD", "since": cast.TODAY})
        self.partner = partners.add(people.structure, partner, **told)
