"""The rooms of paper, lower floors first: a room knows only those before it.

``tests/repository/test_house.py`` holds them.
"""

from . import engine
from . import letter
from . import protected
from . import minutes
from . import form
from . import statistics
from . import lists
from . import dossier
from . import annual
from . import archive
from . import disclosure
