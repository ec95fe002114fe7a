from . import complaint_original
