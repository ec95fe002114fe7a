from . import test_outgoing_reader
from . import test_outgoing
from . import test_referral
from . import test_second_stage
from . import test_bodies
from . import test_choice
from . import test_package
from . import test_roles
