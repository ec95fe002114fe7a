from . import complaint_my
