from . import test_protect
from . import test_protect_rights
from . import test_envelopes
from . import test_register_protected
