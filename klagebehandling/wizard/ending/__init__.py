from . import complaint_closing_dialog
from . import complaint_case_compose
from . import complaint_case_end
