from .page import *
from .form import *
from .status import *
from .my import *
