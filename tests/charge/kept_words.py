"""Print, as JSON, every word that the database of the environment holds in a section, a revision or a text to merge.

``python -m tests.charge.kept_words`` ; also says what holds a section together: its revisions have no hole.
"""

import json
import sys

import django


def main() -> None:
    """Print the words and what is wrong with the revisions."""
    django.setup()
    from maillage.apps.projets.models import Section, SectionConflict, SectionRevision
    from maillage.core.text import read, words

    kept: dict[str, set[str]] = {"sections": set(), "all": set()}
    holes = []
    for section in Section.objects.all():
        kept["sections"].update(words(read(section.body)))
        numbers = list(section.revisions.order_by("number").values_list("number", flat=True))
        if numbers != list(range(1, section.revision + 1)):
            holes.append(section.code)
    for row in (*SectionRevision.objects.iterator(), *SectionConflict.objects.iterator()):
        kept["all"].update(words(read(row.body)))
    told = {
        "in_sections": sorted(kept["sections"]),
        "anywhere": sorted(kept["all"] | kept["sections"]),
        "holes": holes,
        "revisions": SectionRevision.objects.count(),
        "conflicts": SectionConflict.objects.count(),
        "waiting": SectionConflict.objects.filter(resolved_at=None).count(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
