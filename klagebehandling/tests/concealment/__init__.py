from . import test_attached
from . import test_grouping
