"""The house, lower floors first: a room knows only rooms before it.

``docs/architecture.md`` shows the floors, ``tests/repository/test_house.py`` holds
them.
"""

from . import concealment
from . import procedure
from . import unit
from . import case
from . import journal
from . import routing
from . import identity
from . import deadline
from . import letter
from . import conflict
from . import hearing
from . import file
from . import handling
from . import ending
from . import intake
from . import anonymity
from . import wording
from . import desk
from . import correction
from . import dialogue
from . import investigation
from . import meeting
from . import onward
from . import improvement
from . import aftercare
from . import satisfaction
from . import flood
from . import figures
from . import conduct
from . import representation
from . import selfcheck
from . import review
from . import publication
from . import register
from . import shelter
from . import disclosure
from . import retention
from . import archive
from . import rights
from . import moving
from . import onboarding
from . import inspection
from . import complaint_endpoint
from . import digest_digest
from . import ir_http
from . import res_config_settings
