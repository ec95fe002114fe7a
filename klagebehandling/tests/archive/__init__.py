from . import test_bundle
from . import test_verify_bundle
