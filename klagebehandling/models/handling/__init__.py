"""Floor 7. The way of a case: the acts that meet duties, write and log.

Owns the running note; the states are fields of the case.
Extends case (every ``action_*`` that moves it or changes a promise), journal (events).
May call deadline, letter, conflict, journal and what is below.
"""

from . import complaint_note
from . import complaint_bound
from . import complaint_case
from . import complaint_correspondence
from . import complaint_journal
