from . import complaint_bundle
from . import complaint_envelopes
from . import complaint_minutes
from . import complaint_original
from . import complaint_review
from . import export
from . import pivot
