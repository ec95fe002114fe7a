"""PDF: every object looked through and the file written anew by qpdf."""

import importlib.util
import io

from . import pdf_rules as rules
from .limits import CannotBeCleaned

# Its maker is asked for, but not needed: without it a PDF is not cleaned. The PDF
# library that Odoo brings is not made to rewrite files of strangers.
HAS_ENGINE = importlib.util.find_spec("pikepdf") is not None


def clean(raw, budget):
    """The pages, their links and remarks, and nothing else."""
    if not HAS_ENGINE:
        raise CannotBeCleaned("no_engine")
    import pikepdf

    from .pdf_objects import Objects

    try:
        document = pikepdf.open(io.BytesIO(raw))
    except pikepdf.PasswordError as error:
        raise CannotBeCleaned("encrypted") from error
    with document:
        for key in list(document.trailer.keys()):
            if key not in rules.TRAILER:
                del document.trailer[key]
        Objects(document, budget).clean()
        budget.check_time()
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            encryption=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return out.getvalue()
