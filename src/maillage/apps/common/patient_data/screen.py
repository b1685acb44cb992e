"""The screen: whether a text holds what would tell who a patient is."""

from maillage.apps.common.patient_data.finding import Finding, Kind
from maillage.apps.common.patient_data.numbers import numbers
from maillage.apps.common.patient_data.people import people
from maillage.apps.common.patient_data.plain import plain

ORDER = {kind: rank for rank, kind in enumerate(Kind)}


def find(text: str) -> tuple[Finding, ...]:
    """What tells a patient in ``text``, in the order of the text; of two that overlap, the surer one."""
    read = plain(text)
    every = sorted((*numbers(read), *people(read)), key=lambda finding: ORDER[finding.kind])
    taken, kept = bytearray(len(text)), []
    for finding in every:
        if not any(any(taken[start:end]) for start, end in finding.hidden):
            kept.append(finding)
            for start, end in finding.hidden:
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(kept, key=lambda finding: finding.start))
