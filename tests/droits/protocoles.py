"""Protocols of the small world in several moments of their life, a national protocol that a member joined."""

from tests import cast

from maillage.apps.activity.inputs import CooperationFields, JoiningFields, ProtocolFields, PublicationFields
from maillage.apps.activity.models import Protocol
from maillage.apps.activity.services.cooperation import join, write_cooperation
from maillage.apps.activity.services.protocol_life import concerned, publish_protocol, retire, submit
from maillage.apps.activity.services.protocols import create_protocol


class Protocols:
    """One that awaits the opinion of the membre, one in force, one that is no more, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        self.submitted, self.published = self._one(people, "À valider"), self._one(people, "En vigueur")
        member = people.structure.members.get(user=people.membre)
        asked = [each for each in concerned(self.submitted) if each == member]
        (self.opinion,) = submit(self.submitted, asked, address="/", **told)
        given = PublicationFields(applies_on=cast.TODAY, how="En réunion")
        self.version = publish_protocol(self.published, given, **told)
        self.retired = self._one(people, "Retiré")
        publish_protocol(self.retired, given, **told)
        retire(self.retired, "Il ne sert plus", **told)
        days = CooperationFields(starts_on=cast.TODAY)
        cooperation = write_cooperation(people.structure, "odynophagie", days, **told)
        joining = JoiningFields(member=member.pk, part="delegue", joined_on=cast.TODAY)
        self.joined = join(cooperation, joining, **told)

    def _one(self, people: cast.Cast, title: str) -> Protocol:
        fields = ProtocolFields(title=title, content="Tous", metiers=("infirmier",))
        return create_protocol(people.structure, fields, by=people.porteuse, at=cast.NOW)
