from . import test_case_report
from . import test_statistics
