from . import test_conduct
