from . import test_sign
from . import test_speaker
from . import test_limit
