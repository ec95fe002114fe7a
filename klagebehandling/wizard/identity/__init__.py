from . import complaint_identity_ask
from . import complaint_identity_answer
from . import complaint_identity_reveal
from . import complaint_case_correct
