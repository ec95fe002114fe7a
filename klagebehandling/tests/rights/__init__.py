from . import test_person_request
from . import test_privacy_lookup
from . import test_handed_over
from . import test_by_code_goes
