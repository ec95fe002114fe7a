"""What is known of a complaint that was handled elsewhere before it came here."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Moved:
    """Given to the door under the key ``moved``; no caller from outside makes one."""

    # Its number in the old system.
    number: str
    # SHA-256 of the file it stood in.
    file: str
    # The local days on which receipt was acknowledged and it ended; None where not.
    acknowledged_on: date | None
    closed_on: date | None
    # How it ended: an outcome, or an end that has none; empty of an open case.
    end: str
