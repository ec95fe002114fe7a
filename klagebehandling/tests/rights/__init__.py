from . import test_person_request
