"""Floor 5. What of a case is paper in its archive bundle.

Owns nothing.
Extends the case and its letters with the PDF/A that the bundle holds.
May call the case file, and letters to who is protected.
"""

from . import complaint_correspondence
from . import complaint_case
