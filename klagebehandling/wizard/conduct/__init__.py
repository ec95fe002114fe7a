from . import complaint_case_compose
