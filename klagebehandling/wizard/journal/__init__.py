from . import complaint_case_erase
