from . import test_checkbacks
