"""Fill the database of the environment with the project of ``tests.text_site`` and the communes of the small world."""

import django
from tests import text_site


def main() -> None:
    """Make the communes, then the project and its sessions, which are printed."""
    django.setup()
    from tests import small_world

    small_world.create_territories()
    text_site.main(0)


if __name__ == "__main__":
    main()
