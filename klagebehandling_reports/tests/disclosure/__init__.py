from . import test_access_copy
