from . import test_assign
from . import test_dialogue
from . import test_empty_list
from . import test_glance
from . import test_work_counts
