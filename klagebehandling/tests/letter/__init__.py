from . import test_delivery
from . import test_language
from . import test_queue
from . import test_met_when_sent
from . import test_recipient
from . import test_return
from . import test_words
