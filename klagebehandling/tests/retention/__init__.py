from . import test_retention_rule
from . import test_hold
from . import test_disposal
from . import test_disposal_steps
from . import test_request_disposal
