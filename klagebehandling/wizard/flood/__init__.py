from . import complaint_case_flood
