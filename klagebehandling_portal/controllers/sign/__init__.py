from . import complaint_sign
