from . import test_closing
from . import test_end
