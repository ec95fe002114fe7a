"""Floor 2. Paper of a unit that anybody may have: blank forms, cards and posters.

Owns the dialog that prints them, and the values that their templates lay out.
Extends the unit with its blank form, which the public pages hand out too.
May call the engine. ``questions`` turns a procedure into what is asked on paper.
"""

from . import complaint_unit
from . import complaint_unit_paper
from . import report_unit_paper
