from . import test_parties
from . import test_recusal
from . import test_wall
