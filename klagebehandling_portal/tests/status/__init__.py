from . import test_dialogue
from . import test_naming
from . import test_removal
from . import test_status
from . import test_after
from . import test_choice
