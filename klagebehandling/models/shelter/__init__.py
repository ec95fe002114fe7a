"""Floor 20. Persons whose whereabouts nobody may learn: levels of protection.

Owns the level with its way for letters, and the search for words in all of a case.
Extends case (an act and a banner), party, figures, correspondence, original and
journal.
May call every room below; nothing below knows it.
"""

from . import complaint_protection
from . import complaint_word_mask
from . import complaint_party
from . import complaint_case
from . import complaint_correspondence
from . import complaint_figure
from . import complaint_original
from . import complaint_bound
from . import complaint_journal
