from . import test_fallback
from . import test_letter
from . import test_letter_access
from . import test_letter_download
from . import test_letter_kept
from . import test_letter_keys
from . import test_other_reports
from . import test_own_resources
