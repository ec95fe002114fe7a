from . import test_lepro
from . import test_sosial_omsorg_no
