from . import complaint_register_extract
