"""Fill the database of the environment with a project to write, for the tests that need a real server.

``python -m tests.text_site 20`` adds that many writers and prints, as JSON, the project, the code of its first heading
and a session for each person: what a browser needs to come in.
"""

import json
import sys

import django

PEOPLE = ("porteuse", "coordinatrice", "redactrice", "membre", "accompagnatrice", "instructrice", "stranger")


def main(count: int) -> None:
    """Make the project, and the sessions of the cast and of ``count`` other writers."""
    django.setup()
    from allauth.mfa.models import Authenticator
    from tests import cast, text_world

    from maillage.apps.accounts.models import Role

    people = text_world.create()
    writers = {name: getattr(people, name) for name in PEOPLE}
    # The ARS asks a second factor of its people before anything else.
    Authenticator.objects.create(user=people.instructrice, type=Authenticator.Type.TOTP, data={})
    for rank in range(count):
        name = f"auteur{rank:02d}"
        writers[name] = cast.person(name)
        cast.give(writers[name], people.structure.organisation, Role.Name.MEMBRE, writes=True)
    sessions = {name: text_world.session_of(user) for name, user in writers.items()}
    inside = {"projet": str(people.projet.pk), "structure": str(people.structure.pk)}
    told = {**inside, "codes": [code for code, _ in text_world.HEADINGS], "sessions": sessions}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
