"""Floor 5. The status page: what the holder of a code reads and does.

Owns the dialogue (what is written and done there) and the naming.
Extends the case (found by its code, told in plain words) and letters.
May call the form, the page and the core.
"""

from . import complaint_case
from . import complaint_correspondence
from . import complaint_portal_dialogue
from . import complaint_portal_naming
