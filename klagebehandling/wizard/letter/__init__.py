from . import complaint_letter_dialog
from . import complaint_correspondence_prove
from . import complaint_case_wish
