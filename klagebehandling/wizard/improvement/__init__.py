from . import complaint_closing_dialog
