from . import test_intake
from . import test_intake_refusals
from . import test_json2
from . import test_mail_gateway
from . import test_naming
from . import test_pasted_code
from . import test_submission
