from . import complaint_case_assign
