"""Floor 1. How a document is made: one renderer behind Odoo's reports.

Owns what it means to be printed with evidence.
Extends Odoo's reports with an engine and with copies that are kept sealed, and the
unit with how it shows itself on paper.
May call the core and the plain Python beside the rooms; knows no document.
"""

from . import complaint_printed
from . import complaint_printed_values
from . import complaint_unit
from . import ir_actions_report
