from . import test_own_data
