"""The log of what happened: who, when, what, on what, before and after."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class WrittenOnce(TypeError):
    """An event is never changed nor removed: the log would no longer be a proof."""


class EventQuerySet(models.QuerySet["Event"]):
    """Reads and additions only."""

    def update(self, **_values: Any) -> NoReturn:
        raise WrittenOnce("events cannot be updated: record a new one")

    def delete(self) -> NoReturn:
        raise WrittenOnce("events cannot be deleted")


class Event(models.Model):
    """One act. Only :func:`maillage.apps.common.services.record` writes it, in the transaction of the act.

    ``scope`` is the organisation whose people may read it, empty for what concerns the installation.
    """

    at = models.DateTimeField("date", db_index=True)
    actor = models.CharField("auteur", max_length=200)
    verb = models.CharField("acte", max_length=80)
    subject_type = models.CharField("nature de l'objet", max_length=80)
    subject_id = models.CharField("identifiant de l'objet", max_length=80)
    scope = models.CharField("organisation concernée", max_length=36, blank=True, db_index=True)
    before = models.JSONField("avant", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("après", null=True, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor=""),
                name="event_has_an_actor",
                violation_error_message="Un événement dit toujours qui a agi.",
            ),
            models.CheckConstraint(
                condition=~models.Q(verb=""),
                name="event_has_a_verb",
                violation_error_message="Un événement dit toujours ce qui a été fait.",
            ),
            models.CheckConstraint(
                condition=~(models.Q(subject_type="") | models.Q(subject_id="")),
                name="event_has_a_subject",
                violation_error_message="Un événement dit toujours sur quoi l'on a agi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} : {self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises :class:`WrittenOnce` when it is already in the log."""
        if not self._state.adding:
            raise WrittenOnce("an event cannot be changed: record a new one")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Always raises :class:`WrittenOnce`."""
        raise WrittenOnce("an event cannot be deleted")
