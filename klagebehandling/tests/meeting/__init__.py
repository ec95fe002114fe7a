from . import test_forged
from . import test_meeting
from . import test_minutes
from . import test_parties
from . import test_rules
from . import test_signing
