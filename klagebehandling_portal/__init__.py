from . import log_filter
from . import controllers
from . import models
from . import outage

log_filter.install()
outage.install()
