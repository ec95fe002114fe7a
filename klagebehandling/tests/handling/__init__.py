from . import test_lifecycle
from . import test_promises
from . import test_wizards
