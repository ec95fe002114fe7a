from . import test_minutes
