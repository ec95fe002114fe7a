from . import complaint_easy
