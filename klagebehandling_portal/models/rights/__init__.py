"""Floor 8. What a person asks about the own data, on the page of the own case.

Owns nothing: the core takes in what is asked, and answers by a letter on the page.
Extends the case (what is asked already) and the dialogue (the acts). May call the
status page and the core.
"""

from . import complaint_case
from . import complaint_portal_dialogue
