"""Floor 13. The dialogue with who complains: what the person does by own act.

Owns no model: what is said is a letter, what is done an act of a room below.
Extends case (say, answer, confirm, go further, take back, report a reprisal), letters
(questions and answers), party (the account it was sent from) and journal.
May call every room below. The public pages call it, with the code or signed in.
"""

from . import complaint_case
from . import complaint_correspondence
from . import complaint_journal
from . import complaint_party
