from . import complaint_case_wish
