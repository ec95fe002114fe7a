"""Floor 6. Reading, remarking on and signing minutes; answering an invitation.

Owns no model: what is signed is kept in the core.
Extends the case (its minutes, told in plain words) and the dialogue (its acts).
May call the status page, the form, the page and the core.
"""

from . import complaint_case
from . import complaint_portal_dialogue
