from . import test_attached
