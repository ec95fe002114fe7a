from . import test_ljusnarsberg
from . import test_robertsfors
from . import test_gislaved
