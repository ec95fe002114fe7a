from . import complaint_case_dialog
