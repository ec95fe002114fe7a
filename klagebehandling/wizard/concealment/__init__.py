from . import complaint_dialog
from . import complaint_company_dialog
from . import mail_compose_message
from . import mail_activity_schedule
