from . import complaint_page
