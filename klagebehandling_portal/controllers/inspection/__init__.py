from . import complaint_inspection
