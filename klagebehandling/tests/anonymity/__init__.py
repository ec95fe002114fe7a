from . import test_day_precision
from . import test_nameless_mail
from . import test_unreachable
