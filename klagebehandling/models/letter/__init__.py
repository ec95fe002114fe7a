"""Floor 6. What is written to and by the complainant.

Owns the correspondence, which is its own queue, and its ways of delivery.
Extends case (its letters), deadline (a new date is told), journal (events) and
mail.thread (bounces).
May call deadline, identity and what is below. To add a medium: ``_media``.
"""

from . import complaint_queue
from . import complaint_correspondence
from . import complaint_correspondence_delivery
from . import mail_thread
from . import complaint_bound
from . import complaint_case
from . import complaint_deadline
from . import complaint_journal
