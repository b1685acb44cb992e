"""Every address of the site."""

from django.urls import include, path

from maillage.api.main import api

urlpatterns = [
    path("api/", api.urls),
    path("comptes/", include("maillage.web.comptes.urls")),
    path("comptes/", include("allauth.urls")),
    path("", include("maillage.web.urls")),
]

handler400 = "maillage.web.public.errors.bad_request"
handler403 = "maillage.web.public.errors.forbidden"
handler404 = "maillage.web.public.errors.not_found"
handler429 = "maillage.web.comptes.views.too_many_requests"
handler500 = "maillage.web.public.errors.server_error"
