from . import test_case_paper
