from . import test_meeting
from . import test_minutes
from . import test_signing
