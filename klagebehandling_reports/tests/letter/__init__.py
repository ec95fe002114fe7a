from . import test_letter
from . import test_letter_access
from . import test_letter_download
from . import test_letter_kept
from . import test_letter_keys
