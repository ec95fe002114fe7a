from . import complaint_case_protect
from . import complaint_case_protect_place
from . import complaint_case_register
