"""Addresses of the map and of what it fetches."""

from django.urls import path

from maillage.web.carte import data, views

urlpatterns = [
    path("territoires/carte/", views.page, name="carte"),
    path("territoires/carte/lieu/", views.place, name="carte_lieu"),
    path("territoires/carte/image.svg", views.image, name="carte_image"),
    path("territoires/carte/tuiles/<int:zoom>/<int:x>/<int:y>.mvt", data.tile, name="carte_tuile"),
    path("territoires/carte/preparation.json", data.preparation, name="carte_preparation"),
    path("territoires/carte/valeurs.json", data.values, name="carte_valeurs"),
    path("territoires/carte/points.json", data.points, name="carte_points"),
]
