"""Floor 3. Lists of what came in: the register extract, and complaints for a committee.

Owns the dialog that makes them, as a page, as PDF and as a spreadsheet.
Extends the case with its number in a list, the procedure with which lists name people,
and the organisation's journal with which list was taken.
May call the engine. ``workbook`` lays a list out as a spreadsheet.
"""

from . import complaint_case
from . import complaint_case_list
from . import complaint_case_list_content
from . import complaint_company_journal
from . import report_case_list
