"""What a service of the dossiers refuses, told as it is."""

from maillage.core.kernel.problems import BadInput, Problem


class Refusal(Problem):
    """Something that cannot be done now: why, and what to do instead."""

    @property
    def message(self) -> str:
        """The words of the refusal."""
        return self.expected


def refused(field: str, words: str) -> BadInput:
    """The refusal of one field (empty: of the act)."""
    return BadInput([Refusal(field, None, words)])
