from . import test_letters_of_cases
