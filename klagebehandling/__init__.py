from . import controllers
from . import mail_gate
from . import models
from . import wizard
from .hooks import _post_init_hook

mail_gate.install()
