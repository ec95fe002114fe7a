from . import test_annual_http
from . import test_annual_report
from . import test_annual_hidden
from . import test_annual_sql

__all__ = [
    "test_annual_hidden",
    "test_annual_http",
    "test_annual_report",
    "test_annual_sql",
]
