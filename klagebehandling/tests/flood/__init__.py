from . import test_flood
