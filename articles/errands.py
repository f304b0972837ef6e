"""What each kind of errand in the outbox does. A function gets the errand and the time.

**INSIDE** changes rows of this database and nothing else. It runs in a transaction together
with "done", so its effect happens exactly once, however often workers die.

**OUTSIDE** reaches beyond the database. It runs outside any transaction, so that a slow
network holds no lock, and at least once: a worker that dies after the effect and before "done"
makes it happen again. `errand.key` is the same each time, and goes along where the other side
can tell a repeat by it. It should not take longer than a minute.

Both run late where no worker was there: they look at the editions as they are now.
"""

from collections.abc import Callable
from datetime import datetime

from articles.models import Errand

type Handler = Callable[[Errand, datetime], object]


class Unfinished(Exception):
    """An errand cannot be done; it is tried again, and then given up."""


INSIDE: dict[str, Handler] = {}
OUTSIDE: dict[str, Handler] = {}
