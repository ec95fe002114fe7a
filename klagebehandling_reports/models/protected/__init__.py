"""Floor 3. Letters to who is protected: addressed by who may see the address only.

Owns the values of the letter without an address.
Extends the letter, the reports, of which one leaves the address out, and the case,
whose letters are printed many at once where each may be addressed.
May call the letter.
"""

from . import complaint_correspondence
from . import complaint_case
from . import ir_actions_report
from . import report_letter_unaddressed
