from . import complaint_case_correction
from . import complaint_case_join
