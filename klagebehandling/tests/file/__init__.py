from . import test_apart
from . import test_cleaner
from . import test_cleaner_recordings
from . import test_cleaner_rules
from . import test_files
from . import test_originals
