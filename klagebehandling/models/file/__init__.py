"""Floor 7. Files: cleaned copies to work with, sealed originals, acts on them.

Owns the original and the record of who opened it and why.
Extends case and correspondence (their files) and journal (events).
May call letter, identity, journal and what is below.
"""

from . import complaint_correspondence
from . import complaint_original
from . import complaint_original_act
from . import complaint_original_keep
from . import complaint_journal
from . import complaint_case
