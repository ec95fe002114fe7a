from . import test_inspection_account
from . import test_inspection_page
