from . import test_case_list
