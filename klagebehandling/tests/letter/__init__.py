from . import test_delivery
from . import test_recipient
