"""Floor 8. Documents that are handed out on request, as PDF (M35).

Owns nothing: the core builds the copy from masked text and keeps it.
Extends the review of a case with a PDF in the place of the core's page.
May call the engine.
"""

from . import complaint_access_answered
