"""Where one or a few more professionals would lift the most inhabitants above a threshold of accessibility."""

from maillage.core.territory.optimiser.exact import MOST_ROWS, exact, small
from maillage.core.territory.optimiser.question import Plan, Question, Site, greedy, question

__all__ = ["MOST_ROWS", "Plan", "Question", "Site", "exact", "greedy", "question", "small"]
