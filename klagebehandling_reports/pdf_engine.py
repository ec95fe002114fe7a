"""Whether this server can make PDF with WeasyPrint, which is optional."""

import functools
import importlib
import logging

_logger = logging.getLogger(__name__)

# What a file claims: for the archive, or with fields that can be filled in, which
# have no place in an archive.
ARCHIVE = "pdf/a-2a"
FILLABLE = "pdf/ua-1"


@functools.lru_cache(maxsize=1)
def find():
    """The module that wraps WeasyPrint, or None where it cannot be loaded.

    Loaded at the first print only: it takes a second and some memory. The library
    is missing (ImportError), too old (ImportError) or lacks Pango (OSError).
    """
    try:
        return importlib.import_module(f"{__package__}.weasyprint_engine")
    except (ImportError, OSError) as error:
        _logger.warning("WeasyPrint cannot be used for PDF: %s", error)
        return None
