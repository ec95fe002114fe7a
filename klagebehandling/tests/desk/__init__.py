from . import test_assign
from . import test_glance
from . import test_dialogue
