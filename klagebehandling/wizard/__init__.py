from . import concealment
from . import procedure
from . import identity
from . import deadline
from . import conflict
from . import file
from . import handling
from . import intake
