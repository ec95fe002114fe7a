from . import log_filter
from . import controllers
from . import models

log_filter.install()
