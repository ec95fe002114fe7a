from . import test_compose
from . import test_lifecycle
from . import test_note
from . import test_promises
