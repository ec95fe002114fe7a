from . import complaint_case_compose
from . import complaint_case_end
from . import complaint_right_letter
