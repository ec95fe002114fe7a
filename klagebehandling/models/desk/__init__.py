"""Floor 11. The desk: what who works cases sees at a glance and does many times a day.

Owns no model: it shows what the rooms below keep, and stores nothing of its own.
Extends case (who complains, how to reach them, what comes next, the dialogue as one
stream, giving many cases to somebody), correspondence, note. May call what is below.
"""

from . import complaint_case
from . import complaint_correspondence
from . import complaint_note
