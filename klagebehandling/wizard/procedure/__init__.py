from . import complaint_policy_choose
