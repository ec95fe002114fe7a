"""Floor 1. What may be hidden from a person, and the rows of Odoo that hang on it.

Owns ``complaint.case.attached`` for rows of others, the wall itself (walled), and what
the two are made of (concealed, pointing, and their forms for documents).
Extends messages, tasks, files, meetings, whatever else Odoo shows, what needs no code.
Knows no case: only ``walled_user_ids`` of whatever inherits it. May call nothing above.
"""

from . import base
from . import complaint_concealed
from . import complaint_unlogged
from . import complaint_customised
from . import complaint_pointing
from . import complaint_unseen
from . import complaint_walled
from . import complaint_walled_document
from . import complaint_pointing_document
from . import complaint_case_attached
from . import calendar_event
from . import message_rows
from . import ir_actions_server
from . import ir_attachment
from . import ir_cron_rows
from . import ir_default
from . import ir_model
from . import ir_model_data
from . import ir_model_fields
from . import ir_rule
from . import mail_message
from . import mail_activity
from . import mail_followers
from . import mail_scheduled_message
from . import mail_link_preview
