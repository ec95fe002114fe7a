"""Floor 8. The door: the only way in which a case comes to be.

Owns the intake and the mailbox, which have no table, the claims of submissions, mails
that wait to be taken in, and automatic answers to mails.
Extends case, correspondence (answers), unit (its alias), journal and mail.*.
May call every room below; only anonymity is above.
"""

from . import complaint_bound
from . import complaint_case
from . import complaint_submission
from . import complaint_intake
from . import complaint_intake_policy
from . import complaint_correspondence
from . import complaint_mail_pending
from . import complaint_mail_reply
from . import complaint_mailbox
from . import complaint_mailbox_answer
from . import complaint_unit
from . import mail_alias
from . import mail_thread
from . import complaint_journal
