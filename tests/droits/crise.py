"""The crisis plan of the small world: a contact, a sealed version, an exercise, written by the porteuse."""

from tests import cast

from maillage.apps.crisis import services
from maillage.apps.crisis.inputs import ContactFields, EventFields, PlanFields


class Crisis:
    """One of each."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        services.write_plan(people.structure, PlanFields(alert="Le secrétariat"), **told)
        contact = ContactFields(organisation="ARS", phone="02 00 00 00 00")
        self.contact = services.add(people.structure, "contacts", contact, **told)
        self.version = services.publish(people.structure, None, **told)
        fields = EventFields(title="Chaleur", starts_on=cast.TODAY)
        self.event = services.create_event(people.structure, fields, **told)
