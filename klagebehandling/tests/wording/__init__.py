from . import test_wording
