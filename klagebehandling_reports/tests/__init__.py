from .engine import *
from .letter import *
from .protected import *
from .minutes import *
from .dossier import *
from .statistics import *
from .annual import *
from .lists import *
