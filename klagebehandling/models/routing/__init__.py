"""Floor 5. Somebody can read each case, whatever is done in it or around it.

Owns no model. Who receives is answered by ``complaint.unit._receiver``.
Extends case (giving on, and the alarm), and what decides who reads: users, groups,
companies, the line of a unit, the receivers of a procedure.
May call journal, case and what is below.
"""

from . import complaint_case
from . import complaint_policy
from . import res_company
from . import res_groups
from . import res_users
