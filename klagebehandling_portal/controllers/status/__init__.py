from . import complaint_status
from . import complaint_naming
from . import complaint_dialogue
