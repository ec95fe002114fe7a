from . import complaint_outgoing_dialog
from . import complaint_letter_dialog
from . import complaint_case_compose
from . import complaint_case_delay
from . import complaint_right_letter
from . import complaint_referral_act
from . import complaint_case_handover
