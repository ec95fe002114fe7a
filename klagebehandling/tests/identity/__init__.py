from . import test_custodian
from . import test_finding
from . import test_identity_dump
from . import test_identity_reading
from . import test_identity_request
from . import test_identity_reveal
from . import test_keys
from . import test_pseudonym
