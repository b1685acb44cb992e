"""The API: one router per subject."""

from ninja import NinjaAPI

api = NinjaAPI(title="Maillage", version="1", docs_url=None)
