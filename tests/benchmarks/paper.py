"""How long documents take on paper: a ten-page file, two pages, and 200 letters.

Usage: ``make -s shell < tests/benchmarks/paper.py``
Everything is measured in one run and rolled back. 200 letters are printed at once by
our engine, and some of them one by one by Odoo's stock engine, where wkhtmltopdf is
installed. Ends with 1 where a goal is missed: a file of ten pages at most 10 times a
letter of two; a letter of the batch at least 5 times faster than by the stock engine.
"""

import io
import resource
import sys
import time
from statistics import median
from unittest.mock import patch

import pypdf

from odoo.addons.klagebehandling_reports import pdf_engine

LETTER = "klagebehandling_reports.complaint_correspondence_report"
PAPER = "klagebehandling_reports.complaint_case_paper_report"
BATCH, STOCK, TURNS = 200, 5, 5
MOST_SLOWER, LEAST_FASTER = 10, 5
WORDS = "<p>" + "Maten er varm nå, og det er den hver dag. " * 12 + "</p>"


def timed(call):
    """The seconds of a call, and what it gave."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def printed(report, records):
    reports = records.env["ir.actions.report"].with_context(force_report_rendering=True)
    return reports._render_qweb_pdf(report, records.ids)[0]


def pages(pdf):
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def new_case(env):
    """A case of somebody who wants letters, who is known."""
    unit = env["complaint.unit"].search([("slug", "=", "lepro")])
    made = env["complaint.intake"].register(
        {
            "unit_id": unit.id,
            "channel": "letter",
            "title": "Kald mat",
            "description": "Maten er kald.",
            "reply_channel": "letter",
            "parties": [
                {
                    "role": "complainant",
                    "name": "Kåre Østerås",
                    "street": "Gata 1",
                    "zip": "0150",
                    "city": "Oslo",
                }
            ],
        }
    )
    return env["complaint.case"].browse(made["case_id"])


def write(case, paragraphs, number=1):
    values = {
        "case_id": case.id,
        "purpose": "reply",
        "medium": "letter",
        "state": "queued",
        "lang": "nb_NO",
        "body": WORDS * paragraphs,
    }
    return case.env["complaint.correspondence"].create([values] * number)


def main(env):
    case = new_case(env)
    env.ref(LETTER).attachment_use = False
    paper = env["complaint.case.paper"].create(
        {"case_id": case.id, "sheet": "file", "lang": "nb_NO", "to_whom": "Arkivet"}
    )
    letter = write(case, 6)
    write(case, 9, 4)
    printed(LETTER, letter)
    spent = {"letter": [], "file": []}
    for _turn in range(TURNS):
        seconds, short = timed(lambda: printed(LETTER, letter))
        spent["letter"].append(seconds)
        seconds, long = timed(lambda: printed(PAPER, paper))
        spent["file"].append(seconds)
    two, ten = median(spent["letter"]), median(spent["file"])
    slower = ten / two
    print(f"a letter of {pages(short)} pages: {two:.2f} s")
    print(f"a case file of {pages(long)} pages: {ten:.2f} s, {slower:.1f} times")

    batch = write(case, 2, BATCH)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, _pdf = timed(lambda: printed(LETTER, batch))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    each = seconds / BATCH
    print(f"{BATCH} letters at once: {each * 1000:.0f} ms each, {grown >> 10} MB more")

    is_missed = slower > MOST_SLOWER
    if env["ir.actions.report"].get_wkhtmltopdf_state() in ("ok", "upgrade"):
        with patch.object(pdf_engine, "find", return_value=None):
            stock = [
                timed(lambda o=one: printed(LETTER, o))[0] for one in batch[:STOCK]
            ]
        faster = median(stock) / each
        print(
            f"one by one by the stock engine: {median(stock):.2f} s, {faster:.1f} times"
        )
        is_missed = is_missed or faster < LEAST_FASTER
    else:
        print("wkhtmltopdf is not installed: the stock engine was not measured")
    env.cr.rollback()
    return is_missed


sys.exit(main(env))  # noqa: F821 the shell's own name
