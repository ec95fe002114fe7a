from . import test_annual_report
from . import test_annual_hidden

__all__ = ["test_annual_hidden", "test_annual_report"]
