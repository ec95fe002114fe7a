from . import complaint_case_correction
