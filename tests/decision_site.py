"""Fill the database of the environment with a dossier to decide, for the journeys: prints its key and the sessions.

``python -m tests.decision_site`` prints, as JSON, the dossier, and a session for each person.
"""

import datetime
import json
import sys

import django

PEOPLE = ("porteuse", "instructrice", "decideuse")


def main() -> None:
    """Make a dossier that awaits its decision, and the sessions of who files, who reviews, who decides."""
    django.setup()
    from allauth.mfa.models import Authenticator
    from tests import cast, small_world, text_world
    from tests.dossiers import cpts, filed

    from maillage.apps.accounts.models import User

    small_world.create_territories()
    dossier = filed(cpts(cast.create()), state="a_decider", day=datetime.datetime.now(tz=datetime.UTC).date())
    sessions = {}
    for name in PEOPLE:
        user = User.objects.get(email=f"{name}@example.org")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        sessions[name] = text_world.session_of(user)
    sys.stdout.write(json.dumps({"dossiers": [str(dossier.pk)], "sessions": sessions}))


if __name__ == "__main__":
    main()
