"""Checkers of PDF that know nothing of each other, and nothing of us."""

import os
import tempfile

import outloud
import page
import pdfua

# It looks at the last byte of a packed stream, which may look like the end of a line.
BY_CHANCE = "PDFA2A-STREAM-LENGTH-001"


def faults(pdf, is_fillable=False):
    """Return what three checkers find wrong with a PDF made for the archive.

    :param is_fillable: whether it has fields to fill in, and claims PDF/UA only
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "paper.pdf")
        with open(path, "wb") as file:
            file.write(pdf)
        heard, tagged_well = outloud.check(path), pdfua.validate(path)
    found = [heard.error] if heard.error else []
    found += [one for one in heard.findings if one.severity == "error"]
    found += list(tagged_well.findings)
    for profile in ("ua1",) if is_fillable else ("2a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        found += [one for one in report.failures if one.rule_id != BY_CHANCE]
    return found
