from . import test_customised
from . import test_journal
from . import test_journal_answer
from . import test_journal_apart
from . import test_journal_company
from . import test_journal_events
from . import test_journal_texts
from . import test_timeline
