"""Floor 15. A flood: very many complaints that nobody means, most of them by a program.

Owns no model. Nothing is refused for it: what looks like a program's is marked, who
receives very many is alarmed, and a manager ends them together, each by a letter.
Extends case and journal. May call what is below.
"""

from . import complaint_case
from . import complaint_journal
