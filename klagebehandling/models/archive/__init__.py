"""Floor 23. A case as an archive takes it over.

Owns no table; a bundle that waits to be fetched is a dialog (``wizard/archive``).
Extends case (what is in its bundle) and journal (who made one, with its digest).
May call every room below; nothing below knows it. What a standard looks like, and how
a bundle is checked, stands in ``archiving``, without a model.
"""

from . import complaint_journal
from . import complaint_case
