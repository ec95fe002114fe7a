"""Floor 3. The matter: what a case is, its grounds, and its people at work.

Owns the case, the mixin of what hangs on one with who reads it, and the guard of both.
No identity stands in it, and nothing of how it is handled.
Extends the unit (its cases) and the procedure (frozen by its first case).
May call unit, procedure and concealment.
"""

from . import complaint_guarded
from . import complaint_case_part
from . import complaint_case
from . import complaint_case_colleagues
from . import complaint_policy
from . import complaint_unit
