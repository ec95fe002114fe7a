from . import test_archived_paper
