"""Floor 2. Minutes of meetings, made once for each step and kept by the core.

Owns nothing: the core keeps each document.
Extends the minutes with a PDF in the place of the core's page.
May call the engine.
"""

from . import complaint_minutes
