"""When the place of the small world closes."""

from tests.cast import NOW, TODAY

from maillage.apps.opening.models import Closure, PublicPage
from maillage.apps.structures.models import Site


class Opened:
    """A closure of the place, and the public page of its structure."""

    def __init__(self, site: Site) -> None:
        self.closure = Closure.objects.create(site=site, since=TODAY, until=TODAY)
        self.page = PublicPage.objects.create(structure=site.structure, slug="msp-de-redon", published_at=NOW)
