"""What the log keeps from who has an interest in a dossier: its acts, and the files of its items."""

from django.db.models import Q

from maillage.apps.accounts import journal
from maillage.apps.accounts.models import User
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models import Dossier, SessionDocument
from maillage.apps.dossiers.permissions import interests_of, is_of_the_filer


def hidden_acts(person: User) -> Q:
    """The acts about the dossiers in which a person has declared an interest, their own team's left out."""
    rows = Dossier.objects.filter(conflicts__in=interests_of(person)).select_related("structure__organisation", "filer")
    away = [each for each in rows.distinct() if not is_of_the_filer(person, each)]
    if not away:
        return Q(pk__in=[])
    files = SessionDocument.objects.filter(item__dossier__in=away).values_list("file", flat=True)
    return Q(subject_type=Dossier._meta.label_lower, subject_id__in=[str(each.pk) for each in away]) | Q(
        subject_type=StoredFile._meta.label_lower, subject_id__in=[str(key) for key in files]
    )


journal.HIDDEN.append(hidden_acts)
