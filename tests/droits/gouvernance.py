"""The governance of the small world: a bureau with a collège, its rules, a mandate."""

from tests import cast

from maillage.apps.governance.inputs import BodyFields, CollegeFields, MandateFields, RulesFields
from maillage.apps.governance.services.bodies import add_body, add_college, add_rules
from maillage.apps.governance.services.mandates import give_mandate


class Governance:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        self.body = add_body(people.structure, BodyFields(nom="Bureau", kind="bureau", seats=3), **told)
        self.college = add_college(self.body, CollegeFields(nom="Soignants", metiers=("infirmier",)), **told)
        self.rules = add_rules(self.body, RulesFields(nom="Décisions ordinaires"), **told)
        member = people.structure.members.get(user=people.porteuse)
        fields = MandateFields(member=member.pk, function="Présidence", since=cast.TODAY)
        self.mandate = give_mandate(self.body, fields, **told)
