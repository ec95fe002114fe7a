from . import complaint_original_open
