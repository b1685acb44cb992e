"""The log of what happened (who, when, what, on what, before and after), and the files that people deposit."""

import uuid
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


class StoredFile(models.Model):
    """A file that was deposited. Only :mod:`maillage.apps.common.files.services` makes or removes one.

    ``content_type`` is what was found in it, never what was said of it; ``path`` is inside ``FILES_DIR``;
    ``uploaded_by`` names a person as the log does; ``scope`` is the organisation that it belongs to.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=140)
    content_type = models.CharField("nature", max_length=100)
    size = models.PositiveBigIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64, db_index=True)
    path = models.CharField("emplacement", max_length=80, unique=True)
    scope = models.CharField("organisation concernée", max_length=36, blank=True, db_index=True)
    uploaded_by = models.CharField("déposé par", max_length=200)
    at = models.DateTimeField("déposé le")
    scanned = models.BooleanField("lu par l'antivirus", default=False)

    class Meta:
        verbose_name = "fichier"
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gt=0),
                name="file_is_not_empty",
                violation_error_message="Un fichier n'est pas vide.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
