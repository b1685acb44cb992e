"""Every address of the site."""

from django.urls import include, path

from maillage.api.main import api

urlpatterns = [
    path("api/", api.urls),
    path("", include("maillage.web.urls")),
]
