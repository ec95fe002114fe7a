"""Floor 2. Letters on paper: laid out, printed once and kept.

Owns the values that the letter's template lays out.
Extends the letter, the journal and the person.
May call the engine.
"""

from . import complaint_correspondence
from . import complaint_journal
from . import complaint_party
from . import report_complaint_correspondence_letter
