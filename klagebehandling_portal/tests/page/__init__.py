from . import test_fuzz
from . import test_throttle
from . import test_log_filter
from . import test_opening
from . import test_public_name
from . import test_short_address
