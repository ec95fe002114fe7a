from . import test_access_clock
from . import test_access_request
from . import test_access_review
from . import test_masking
