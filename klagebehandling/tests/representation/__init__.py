from . import test_authorisation
from . import test_own_view
