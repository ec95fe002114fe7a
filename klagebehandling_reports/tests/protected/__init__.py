from . import test_letters_of_cases
from . import test_protected_kept
