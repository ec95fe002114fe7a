from . import complaint_case_compose
from . import complaint_case_register
