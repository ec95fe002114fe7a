from . import complaint_access
