from .page import *
from .form import *
from .easy import *
from .safety import *
from .status import *
from .sign import *
from .my import *
from .statistics import *
