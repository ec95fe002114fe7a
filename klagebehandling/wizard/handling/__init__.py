from . import complaint_case_compose
from . import complaint_case_end
from . import complaint_case_delay
from . import complaint_correspondence_prove
