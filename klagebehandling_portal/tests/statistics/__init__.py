from . import test_statistics

__all__ = ["test_statistics"]
