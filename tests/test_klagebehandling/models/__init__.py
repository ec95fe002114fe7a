from . import test_case_note
