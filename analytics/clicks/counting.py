"""The rule of counting, CR-1, for the clicks of one reader. Pure functions, no database.

Numbers such as R3 are those of the rule as it is printed on the rankings page. Two partners
decide beforehand which clicks come here: `beacons`, with `bots`, leaves out what R2 names, and
`rollups` what the public could not see (R1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

RULE = "CR-1"
GAP = timedelta(seconds=30)
CAP = 20
CAP_OF_SHARED_NETWORKS = 500


@dataclass(frozen=True, slots=True, order=True)
class View:
    """What the rule needs to know of one human click. Equal times are told apart by key."""

    at: datetime
    key: UUID


@dataclass(frozen=True, slots=True)
class Verdict:
    counted: bool = False
    first_of_day: bool = False
    capped: bool = False


def judge(chain: Iterable[View], *, cap: int = CAP) -> dict[UUID, Verdict]:
    """Decide on all clicks of one reader on one article and local day, in any order.

    R3: a click counts if it is the first, or more than 30 s after the one before it, counted
    or not. R4: the first is the reader of the day. R10: beyond the cap it is not counted.
    """
    verdicts: dict[UUID, Verdict] = {}
    counted = 0
    before: View | None = None
    for view in sorted(chain):
        if before is None:
            verdicts[view.key] = Verdict(counted=True, first_of_day=True)
            counted = 1
        elif view.at - before.at <= GAP:
            verdicts[view.key] = Verdict()
        elif counted >= cap:
            verdicts[view.key] = Verdict(capped=True)
        else:
            verdicts[view.key] = Verdict(counted=True)
            counted += 1
        before = view
    return verdicts
