from . import test_said
from . import test_own_acts
from . import test_reprisal
from . import test_wanted_help
