"""What goes between the meetings of the small world: a poll of dates and a link to it, a subject, a task."""

import datetime
import zoneinfo

from tests import cast

from maillage.apps.activity.poll_inputs import FollowUpFields, PollFields, TopicFields
from maillage.apps.activity.services.follow_ups import note
from maillage.apps.activity.services.polls import link_of, open_poll
from maillage.apps.activity.services.topics import propose


class Between:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        days = [(cast.TODAY + datetime.timedelta(days=count)).isoformat() for count in (20, 21)]
        given = {"title": "Bureau", "minutes": "60", "dates": [{"day": day, "hour": "18:30"} for day in days]}
        zone = zoneinfo.ZoneInfo("Europe/Paris")
        self.poll = open_poll(people.structure, PollFields.model_validate(given), zone=zone, **told)
        self.link = link_of(self.poll.voters.all()[0])
        self.topic = propose(people.structure, TopicFields(title="Agenda partagé"), **told)
        self.follow_up = note(people.structure, FollowUpFields(what="Écrire à la CPAM"), **told)
