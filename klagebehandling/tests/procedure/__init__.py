from . import test_calendar
from . import test_calendar_fields
from . import test_choose
from . import test_languages
from . import test_memory
from . import test_policy
from . import test_term
