from . import test_recusal
from . import test_wall
