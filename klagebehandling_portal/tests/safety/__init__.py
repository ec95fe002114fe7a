from . import test_assets
from . import test_leaving
from . import test_receipt_gone
