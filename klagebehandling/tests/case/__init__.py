from . import test_access
from . import test_case_dialog
from . import test_colleagues
from . import test_guarded
from . import test_roles
from . import test_views
from . import test_part
