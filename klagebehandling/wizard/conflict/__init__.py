from . import complaint_case_identify
from . import complaint_case_recuse
