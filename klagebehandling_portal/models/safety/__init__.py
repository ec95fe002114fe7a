"""Floor 4. Who looks over the shoulder: leaving at once, covering what is left alone.

Owns no model: what a page does when nobody uses it is told to its script.
Extends the page (a neutral name in the history, the way out, the cover).
May call the page and the core.
"""

from . import complaint_portal_page
