"""What must hold of the dossiers of a database, whatever was done to them at once: no half state anywhere."""

from collections.abc import Iterator

from maillage.apps.common.models import Event
from maillage.apps.dossiers.deciding import GRANTED
from maillage.apps.dossiers.models import Counter, Decision, Dossier, Perimeter, Recognition

DROPPED = "avant la notification"


def faults() -> list[str]:
    """Everything that is half written, in words; empty when all is whole."""
    found = [fault for dossier in Dossier.objects.all() for fault in _of(dossier)]
    return [*found, *_numbers(), *_perimeters()]


def events_of_dossiers() -> int:
    """The Events about dossiers, those of a decision undone by who files left out: they come with another."""
    dropped = Decision.objects.filter(withdrawn_reason__contains=DROPPED).count()
    return Event.objects.filter(subject_type="dossiers.dossier").count() - dropped


def _of(dossier: Dossier) -> Iterator[str]:
    states = [
        event.after["etat"]
        for event in Event.objects.filter(subject_id=str(dossier.pk)).order_by("pk")
        if event.after and "etat" in event.after
    ]
    if states and states[-1] != dossier.state:
        yield f"{dossier} is {dossier.state}, its last event says {states[-1]}"
    in_force = list(dossier.decisions.filter(withdrawn_at=None))
    if len(in_force) > 1:
        yield f"{dossier} has {len(in_force)} decisions in force"
    granted = [each for each in in_force if each.sense in GRANTED]
    recognised = Recognition.objects.filter(decision__dossier=dossier, until=None)
    if bool(granted) != recognised.exists():
        yield f"{dossier}: granted {bool(granted)}, recognised {recognised.exists()}"
    if dossier.phase == "suivi" and not granted:
        yield f"{dossier} is accepted without a decision"
    told = Event.objects.filter(subject_id=str(dossier.pk), after__has_key="verifications").count()
    if told != dossier.decisions.count():
        yield f"{dossier}: {dossier.decisions.count()} decisions, {told} told"


def _numbers() -> Iterator[str]:
    numbers = sorted(Decision.objects.values_list("number", flat=True))
    for prefix in sorted({number.rpartition("-")[0] for number in numbers}):
        given = [int(number.rpartition("-")[2]) for number in numbers if number.startswith(f"{prefix}-")]
        if given != list(range(1, len(given) + 1)):
            yield f"{prefix}: {given}"
        kind, region, year = prefix.rsplit("-", 2)
        last = Counter.objects.get(key=f"{kind}:{region}:{year}").last
        if last != len(given):
            yield f"{prefix}: {len(given)} decisions, counted {last}"


def _perimeters() -> Iterator[str]:
    held = list(Perimeter.objects.filter(until=None).values_list("kind", "commune"))
    if len(held) != len(set(held)):
        yield f"two structures on one commune: {held}"
    if Perimeter.objects.filter(until=None).exclude(recognition__until=None).exists():
        yield "a perimeter outlives its recognition"
    for row in Recognition.objects.filter(until=None):
        if not row.perimeter.filter(until=None).exists():
            yield f"{row} is recognised nowhere"
