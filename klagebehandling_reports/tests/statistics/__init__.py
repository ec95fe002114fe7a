from . import test_case_report
from . import test_case_report_views
from . import test_statistics
from . import test_statistics_page
from . import test_statistics_sql
from . import test_disposed
