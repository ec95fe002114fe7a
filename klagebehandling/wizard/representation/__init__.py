from . import complaint_authority_dialog
from . import complaint_letter_dialog
from . import complaint_case_delay
