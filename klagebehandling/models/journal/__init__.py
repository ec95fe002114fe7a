"""Floor 4. Evidence: the sealed chains of cases and of the organisation.

Owns the chain, the journal of a case, the organisation's journal, what they bind, and
their check. Extends case, unit, addresses, procedure, calendars and grounds (which
write to it), exports, rights, users and what is customised.
May call case and what is below; ``case._log`` is the one way to write evidence.
"""

from . import complaint_chain
from . import complaint_journal
from . import complaint_journal_check
from . import complaint_bound
from . import complaint_bound_check
from . import complaint_commitment
from . import complaint_company_journal
from . import complaint_company_journal_check
from . import complaint_case
from . import complaint_guarded
from . import complaint_customised
from . import complaint_recorded
from . import complaint_category
from . import complaint_policy
from . import complaint_policy_part
from . import complaint_policy_term
from . import complaint_walled
from . import complaint_watched
from . import ir_model_access
from . import ir_rule
from . import mail_alias
from . import res_company
from . import res_groups
from . import res_users
from . import complaint_chain_words
from . import complaint_unit
from . import resource_calendar
