from . import complaint_policy_compare
from . import complaint_policy_compare_line
