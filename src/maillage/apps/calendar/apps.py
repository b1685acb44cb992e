from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "maillage.apps.calendar"
    label = "calendar"
