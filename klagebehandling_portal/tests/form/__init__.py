from . import test_files
from . import test_form
from . import test_bad_input
from . import test_anonymity
from . import test_receipt
from . import test_layout
from . import test_survival
