from . import complaint_case_attribute
from . import complaint_case_register
from . import complaint_case_register_receipt
from . import complaint_case_register_day
from . import complaint_case_split
