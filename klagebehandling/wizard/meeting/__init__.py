from . import complaint_minutes_sign
