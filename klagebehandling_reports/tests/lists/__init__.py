from . import test_case_list
from . import test_case_list_whole
from . import test_lists_http
from . import test_register_extract
