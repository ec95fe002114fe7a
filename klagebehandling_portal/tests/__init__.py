from .page import *
from .form import *
from .status import *
from .sign import *
from .my import *
