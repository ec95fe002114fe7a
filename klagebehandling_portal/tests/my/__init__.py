from . import test_my
