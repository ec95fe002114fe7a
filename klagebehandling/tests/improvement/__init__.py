from . import test_measures
from . import test_patterns
from . import test_reminders
from . import test_patterns_counted
from . import test_issues
