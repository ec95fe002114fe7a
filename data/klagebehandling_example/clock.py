"""A clock that one thread may set back, so that a past can be lived through in order.

Freezing the time of the whole process would move it for every other request, too.
"""

import threading
from contextlib import contextmanager

from odoo.orm import fields_temporal

_set = threading.local()


class Clock:
    """What ``fields.Datetime.now`` and the cursor tell while it is held.

    :param env: of the transaction in which the past is written
    """

    def __init__(self, env):
        self.cr = env.cr
        self.present = fields_temporal.datetime.now().replace(microsecond=0)
        self.now = None

    def move(self, moment):
        """Go on to a naive UTC instant; never back, and never beyond the present."""
        self.now = min(max(moment, self.now or moment), self.present)
        _set.moment = self.cr._now = self.now

    @contextmanager
    def held(self):
        """Let this thread live by this clock."""
        real = {name: getattr(fields_temporal, name) for name in ("date", "datetime")}
        try:
            for name, known in real.items():
                setattr(fields_temporal, name, _moved(known))
            yield self
        finally:
            for name, known in real.items():
                setattr(fields_temporal, name, known)
            _set.moment = self.cr._now = None


def _moved(known):
    """The class of dates in whose present this thread may be somewhere else."""

    class Kind(type(known)):
        def __instancecheck__(cls, value):
            return isinstance(value, known)

    class Moved(known, metaclass=Kind):
        @classmethod
        def now(cls, tz=None):
            return getattr(_set, "moment", None) or known.now(tz)

        @classmethod
        def today(cls):
            moment = getattr(_set, "moment", None)
            return moment.date() if moment else known.today()

    return Moved
