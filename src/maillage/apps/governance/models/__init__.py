"""Who decides in a structure: its bodies, the mandates, the assemblies, the votes, the minutes."""

from maillage.apps.governance.models.assemblies import Assembly, Convocation, Dispatch, Minutes, Power, Voter
from maillage.apps.governance.models.bodies import Body, College, Mandate, VotingRules
from maillage.apps.governance.models.votes import Ballot, Candidate, CollegeVoices, Resolution

__all__ = [
    "Assembly",
    "Ballot",
    "Body",
    "Candidate",
    "College",
    "CollegeVoices",
    "Convocation",
    "Dispatch",
    "Mandate",
    "Minutes",
    "Power",
    "Resolution",
    "Voter",
    "VotingRules",
]
