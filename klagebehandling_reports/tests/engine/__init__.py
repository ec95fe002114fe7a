from . import test_fallback
from . import test_glyphs
from . import test_other_reports
from . import test_own_resources
from . import test_paper
from . import test_pasted
