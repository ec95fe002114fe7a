from . import test_familiarity
from . import test_feedback
from . import test_followup
from . import test_selfcheck
from . import test_use
