"""Floor 6. Hearing the persons of a case, without showing it.

Owns the hearing and the request for a statement that the person sees.
Extends case (its hearings) and journal (events).
May call case, identity and what is below.
"""

from . import complaint_hearing
from . import complaint_hearing_statement
from . import complaint_case
from . import complaint_journal
