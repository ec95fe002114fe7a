from . import test_receivers
from . import test_receivers_property
