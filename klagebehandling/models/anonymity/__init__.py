"""Floor 9. Who is anonymous leaves no trace: all of it stands here.

Owns ``complaint.day``: times cut to the day.
Extends what is walled, case, party, deadline, letters, files, mails, calendar.
May call every room below; no room knows of it.
"""

from . import complaint_day
from . import complaint_walled
from . import complaint_walled_document
from . import complaint_case
from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_party
from . import ir_attachment
from . import mail_mail
from . import mail_message
from . import resource_calendar
