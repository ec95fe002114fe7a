"""Floor 3. The matter: what a case is, its grounds, and its people at work.

Owns the case, what hangs on one, and the guard of both. No identity stands in it.
Extends the unit (its cases), the procedure (frozen by its first case) and walled.
May call unit, procedure and concealment.
"""

from . import complaint_guarded
from . import complaint_guarded_overtaken
from . import complaint_case_part
from . import complaint_walled
from . import complaint_case
from . import complaint_case_colleagues
from . import complaint_policy
from . import complaint_unit
