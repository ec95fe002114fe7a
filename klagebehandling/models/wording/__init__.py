"""Floor 10. Standard texts: what is said and written again and again.

Owns complaint.wording. Extends no model: the dialogs that write to the complainant, and
the form on which staff register, offer the texts (``wizard/wording``).
May call case and what is below.
"""

from . import complaint_wording
