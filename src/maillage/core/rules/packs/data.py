"""What the descriptions of the nation and of the regions are made of."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Confidence = Literal["A", "B", "C"]


class Data(BaseModel):
    """A part of a description: a key that is not known is refused, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Data):
    """What stands from ``depuis`` to ``jusqu_a``, both days included."""

    depuis: datetime.date = datetime.date.min
    jusqu_a: datetime.date = datetime.date.max

    def exists_on(self, date: datetime.date) -> bool:
        """Whether it stands on a day."""
        return self.depuis <= date <= self.jusqu_a
