"""Fill the database of the environment with a dossier to review, for the journeys: prints its key and the sessions.

``python -m tests.review_site`` prints, as JSON, the dossiers by number, and a session for each person.
"""

import datetime
import json
import sys

import django

EXPERTS = ("agent_cpam", "elue")
PEOPLE = ("porteuse", "instructrice", "collegue", *EXPERTS)


def main() -> None:
    """Make two dossiers filed to the ARS, and the sessions of who files, who reviews, who gives an avis."""
    django.setup()
    from allauth.mfa.models import Authenticator
    from tests import cast, text_world
    from tests.dossiers import cpts, filed

    from maillage.apps.accounts.models import Organisation, Role, User

    people = cast.create()
    union = Organisation.objects.create(kind="urps", nom="URPS médecins", region="53", created_at=cast.NOW)
    cast.give(cast.person("elue"), union, Role.Name.COMMISSION)
    cast.give(cast.person("collegue"), Organisation.objects.get(kind="ars"), Role.Name.INSTRUCTEUR)
    projet = cpts(people)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    rows = [filed(projet, number=f"PSC-53-2026-000{rank}", day=today) for rank in (1, 2, 3, 4)]
    sessions = {}
    for name in PEOPLE:
        user = User.objects.get(email=f"{name}@example.org")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        sessions[name] = text_world.session_of(user)
    sys.stdout.write(json.dumps({"dossiers": [str(each.pk) for each in rows], "sessions": sessions}))


if __name__ == "__main__":
    main()
