from . import page
from . import form
from . import easy
from . import status
from . import sign
from . import my
from . import statistics
from . import disclosure
