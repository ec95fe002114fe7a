"""Floor 6. What everybody may read of how complaints were handled (A-34, M64).

Owns no model: the reports are kept by the core's publication, whoever made them.
Extends the unit with what of it is told to everybody. May call the page, the form.
"""

from . import complaint_unit
