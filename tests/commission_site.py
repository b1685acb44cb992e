"""Fill the database of the environment with a commission and dossiers that wait for it, for the browser journeys.

``python -m tests.commission_site`` prints, as JSON, the commission, the numbers of the dossiers and a session for each
person.
"""

import json
import sys

import django

PEOPLE = ("anne", "luc", "zoe")
NUMBERS = ("PSC-53-2026-0001", "PSC-53-2026-0002", "PSC-53-2026-0003")


def main() -> None:
    """Make the commission, and the sessions of who runs it and of its members."""
    django.setup()
    from allauth.mfa.models import Authenticator
    from tests import cast, small_world, text_world
    from tests.commissions import board
    from tests.dossiers import cpts, filed

    small_world.create_territories()
    people = cast.create()
    made = board(people, number=NUMBERS[0])
    for number in NUMBERS[1:]:
        filed(cpts(people, nom=f"CPTS {number[-1]}", communes=()), state="complet", number=number)
    made.rules(quorum_share="50", votes="oui")
    users = {name: getattr(made, name) for name in PEOPLE} | {"instructrice": people.instructrice}
    for user in users.values():
        # The ARS asks a second factor of its people, members of its commissions included, before anything else.
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    sessions = {name: text_world.session_of(user) for name, user in users.items()}
    told = {"commission": str(made.commission.pk), "numeros": NUMBERS, "sessions": sessions}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
