from . import complaint_case_bundle
