from . import test_correction
from . import test_correction_dialog
from . import test_correction_http
from . import test_correction_receipt
from . import test_correction_routing
from . import test_joining
