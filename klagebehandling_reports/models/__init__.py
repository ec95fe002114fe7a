from . import complaint_printed
from . import complaint_correspondence
from . import complaint_journal
from . import complaint_party
from . import ir_actions_report
from . import ir_actions_report_keys
from . import report_complaint_correspondence_letter
