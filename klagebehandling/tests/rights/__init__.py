from . import test_person_request
from . import test_privacy_lookup
