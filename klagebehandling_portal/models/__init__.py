"""The rooms of the public pages, lower floors first: a room knows only those before it.

``tests/repository/test_house.py`` holds them.
"""

from . import page
from . import form
from . import easy
from . import safety
from . import status
from . import sign
from . import my
from . import statistics
from . import disclosure
from . import rights
from . import inspection
