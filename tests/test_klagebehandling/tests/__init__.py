from . import test_complaint_dates
from . import test_complaints
from . import test_example
from . import test_journey
from . import test_journey_turns
from . import test_public_form
from . import test_simulated_year
