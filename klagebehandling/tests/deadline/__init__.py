from . import test_ladder
from . import test_worklist
