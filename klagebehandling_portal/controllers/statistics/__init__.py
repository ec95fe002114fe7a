from . import complaint_statistics
