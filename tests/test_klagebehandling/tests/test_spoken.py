import os
import re
import tempfile
from pathlib import Path

from freezegun import freeze_time
from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.klagebehandling_example.organisations import company, organisation
from odoo.addons.klagebehandling_portal import form_token

from .browser import ROOT, run_script
from .common import ExampleCase

KEPT = ROOT / "tests" / "spoken"
LANGUAGES = {"nb": "lepro", "sv": "gislaved", "en": "lepro"}
NOW = "2026-12-07 09:00:00"
TEXT = "Maten er kald. Hver dag."
# What differs each time, read out as what it is.
MASKS = (
    (r"\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b", "CODE"),
    (r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", "REFERENCE"),
)


@tagged("post_install", "-at_install")
class TestSpoken(ExampleCase, HttpCase):
    """Every public page as a screen reader speaks it, in three languages (C-30).

    ``KLAGE_SPOKEN=write`` writes the logs anew; they are read by a person then.
    """

    def setUp(self):
        super().setUp()
        self.patch(form_token, "TOO_QUICK", 0)
        clock = freeze_time(NOW, tick=True)
        clock.start()
        self.addCleanup(clock.stop)

    def _page(self, path, data=None, **values):
        form = data if data is not None else values or None
        return self.url_open(path, data=form).text

    def _values(self, page, path, **values):
        """What a browser sends from a form of a page."""
        (form,) = html.fromstring(page).xpath(path)
        given = {name: value for name, value in form.form_values() if value}
        return form.get("action"), {**given, **values}

    def _send(self, page, path, **values):
        url, data = self._values(page, path, **values)
        return self._page(url, data)

    def _code(self, page):
        return html.fromstring(page).xpath("//p[@class='secret']")[0].text_content()

    def _public_pages(self, lang, slug):
        form = self._page(f"/klage/{slug}?lang={lang}")
        whole = "//form[@enctype]"
        yield "list", self._page(f"/klage?lang={lang}")
        yield "form", form
        yield "form-faults", self._send(form, whole, anonymity="")
        answers = {"anonymity": "anonymous", "description": TEXT}
        receipt = self._send(form, whole, **answers)
        yield "receipt", receipt
        self._send(receipt, "//form[@id='kept']")
        yield "receipt-gone", self._send(form, whole, **answers)
        yield "missing", self._page(f"/klage/nowhere?lang={lang}")
        status = f"/klage/status?lang={lang}"
        yield "status", self._page(status)
        yield "status-closed", self._page(f"{status}&closed=1")
        yield "status-wrong-code", self._page(status, code="wrong")
        code = self._code(receipt)
        case = self.env["complaint.case"]._find_by_code(code)
        case._write_to_complainant("question", "<p>Når?</p>")
        page = self._page(status, code=code)
        yield "case", page
        write = "//form[contains(@action, '/write?')]"
        yield "case-nothing-written", self._send(page, write)
        yield "case-written", self._send(page, write, text="Mer.")
        withdraw = "//form[contains(@action, '/withdraw?')]"
        yield "case-withdraw", self._send(page, withdraw)

    def _easy_pages(self, lang, slug):
        path = f"/klage/{slug}/enkelt?lang={lang}"
        page = self._page(path)
        yield "easy-start", page
        answers = {"danger": "yes", "anonymity": "open", "reply_channel": "phone"}
        answers["support"] = "interpreter"
        steps = "danger", "description", "support", "interpreter_language", "anonymity"
        for step in (*steps, "phone"):
            values = {**answers, "description": TEXT, "step": step, "go": "back"}
            yield f"easy-before-{step}", self._page(path, values)
        values = {"step": "description", "danger": "no"}
        yield "easy-fault", self._page(path, values)
        values = {**answers, "description": TEXT, "phone": "1", "step": "phone"}
        yield "easy-check", self._page(path, values)

    def _my_pages(self, lang, slug):
        self.authenticate("resepsjon.lepro", "example")
        yield "my-list", self._page(f"/my/complaints?lang={lang}")
        form = self._page(f"/my/complaints/new/{slug}?lang={lang}")
        yield "my-form", form
        self._send(form, "//form[@enctype]", description=TEXT)
        listed = self._page(f"/my/complaints?lang={lang}")
        yield "my-list-with-one", listed
        path = html.fromstring(listed).xpath("//ul[@class='cards']//a/@href")[0]
        yield "my-case", self._page(path)
        self.logout()

    def _speak(self, lang):
        slug = organisation(LANGUAGES[lang])
        self.assertTrue(company(self.env, LANGUAGES[lang]))
        policies = self.env["complaint.policy"].search([])
        policies.has_easy_track = True
        pages = [
            *self._public_pages(lang, slug),
            *self._easy_pages(lang, slug),
            *self._my_pages(lang, slug),
        ]
        with tempfile.TemporaryDirectory() as folder:
            for name, page in pages:
                Path(folder, f"{name}.html").write_text(page)
            result = run_script("spoken.mjs", folder)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            return {
                name: self._mask(Path(folder, f"{name}.txt").read_text())
                for name, _page in pages
            }

    def _mask(self, text):
        for pattern, word in MASKS:
            text = re.sub(pattern, word, text)
        return text

    def _compare(self, lang):
        spoken = self._speak(lang)
        folder = KEPT / lang
        if os.environ.get("KLAGE_SPOKEN") == "write":
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.glob("*.txt"):
                path.unlink()
            for name, text in spoken.items():
                (folder / f"{name}.txt").write_text(text)
        self.assertEqual(
            {path.stem for path in folder.glob("*.txt")}, set(spoken), lang
        )
        for name, text in spoken.items():
            with self.subTest(page=name):
                self.assertEqual(text, (folder / f"{name}.txt").read_text())

    def test_norwegian_pages_sound_as_they_did(self):
        self._compare("nb")

    def test_swedish_pages_sound_as_they_did(self):
        self._compare("sv")

    def test_english_pages_sound_as_they_did(self):
        self._compare("en")
