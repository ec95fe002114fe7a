"""Floor 2. Figures in the backend: facts of cases to be turned, and the overview.

Owns the view with one row for each case, and the overview of a year.
Extends the case with the working days until its person heard from us, and the door.
May call the core and the engine. Whatever it shows is counted as its reader and stored
nowhere; ``complaint.figure`` says what a figure counts.
"""

from . import complaint_case
from . import complaint_case_report
from . import complaint_case_report_duties
from . import complaint_intake
from . import complaint_statistics
from . import complaint_statistics_parts
