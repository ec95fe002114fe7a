"""Floor 2. Where it happened and who answers: the tree of units.

Owns the unit and the line of management.
Extends nothing.
May call the procedure. Who receives a case is answered here and nowhere else.
"""

from . import complaint_unit
from . import complaint_unit_receiver
