from . import test_triage
from . import test_duties
from . import test_points
from . import test_other_side
from . import test_statements
from . import test_signs_told
