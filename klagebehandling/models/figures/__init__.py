"""Floor 16. What a figure of a period counts, and what it may tell its readers.

Owns the definitions of the figures, their counting, and the two ways of protection.
Extends nothing. May call every room below: the rooms that keep or print figures ask it.
"""

from . import complaint_figure
from . import complaint_figure_protection
