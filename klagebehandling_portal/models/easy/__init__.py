"""Floor 3. Easy words, for children and for who reads little: one question at a time.

Owns the track: its questions, their order, what is told beside them.
Extends nothing: it sends what the form sends, through the same door.
May call the form, the page and the core.
"""

from . import complaint_portal_easy
