"""Floor 3. Lists of what came in: the register extract, and complaints for a committee.

Owns what a list is taken out by: a page, PDF and a spreadsheet; the managers' lists.
Extends the case with its number in a list, the registrar's extract with paper, and the
journal of the organisation with which list was taken.
May call the engine. ``workbook`` lays a list out as a spreadsheet.
"""

from . import complaint_listed
from . import complaint_case
from . import complaint_case_list
from . import complaint_case_list_content
from . import complaint_company_journal
from . import complaint_register_extract
from . import report_case_list
