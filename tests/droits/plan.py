"""What follows the action of the small world: a step, a note; a trainee whose certificate is kept."""

import io

from tests import cast

from maillage.apps.activity.models import Action
from maillage.apps.activity.plan_inputs import NoteFields, StepFields, TraineeshipFields
from maillage.apps.activity.services import plan, trainees

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
TRAINEE = {
    "nom": "Le Goff",
    "prenom": "Anne",
    "metier": "infirmier",
    "starts_on": "2026-09-01",
    "ends_on": "2026-11-30",
}


class Plan:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast, action: Action) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        self.step = plan.add_step(action, StepFields(title="Salle"), **told)
        self.note = plan.note(action, NoteFields(kind="public", day=cast.TODAY, amount="3"), **told)
        file = trainees.Certificate("attestation.png", io.BytesIO(PNG))
        self.trainee = trainees.welcome(people.structure, TraineeshipFields(**TRAINEE), file=file, **told)
