from . import test_easy
from . import test_easy_forged
