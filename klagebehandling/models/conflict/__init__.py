"""Floor 6. Conflicts of interest: who stands behind the wall of a case.

Owns what is taken back; the wall itself is a set of users on the case.
Extends case (wall, recusal, identification, what is taken back), unit and journal.
May call identity, journal and what is below.
"""

from . import complaint_bound
from . import complaint_revocation
from . import complaint_case
from . import complaint_journal
from . import complaint_party
from . import complaint_unit
