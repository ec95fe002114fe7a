from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing import keyring, receipt_code

from ... import visit_token
from ...models.page import complaint_throttle
from ..common import PortalCase

URL = "/klage/status/identity"
KARI = {"anonymity": "open", "name": "Kari Nordmann", "email": "kari@example.com"}


@tagged("post_install", "-at_install")
class TestNaming(PortalCase):
    """M09: an anonymous person says who it is, with the code and nothing else."""

    def setUp(self):
        super().setUp()
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)
        self.page = self._open(self.code)

    def _open(self, code, **values):
        return self.url_open("/klage/status", data={"code": code, **values})

    def _visit(self, page):
        return html.fromstring(page.content).xpath("//input[@name='visit']/@value")[0]

    def _naming_form(self, page):
        path = "//section[@aria-labelledby='s-naming']//form"
        return html.fromstring(page.content).xpath(path)[0]

    def _say(self, page=None, url=URL, **values):
        data = {"visit": self._visit(page or self.page), **KARI, **values}
        return self.url_open(url, data=data)

    def test_page_asks_below_the_case(self):
        text = self.page.text
        self.assertLess(text.index("What we have written"), text.index("s-naming"))
        self.assertIn("Do you want to say who you are?", text)
        self.assertNotIn(self.code, text)

    def test_nothing_is_stored_before_it_is_confirmed(self):
        page = self._say()
        self.assertEqual(page.status_code, 200)
        for words in (
            "Nothing has been stored yet",
            "cannot be undone",
            *KARI.values(),
        ):
            self.assertIn(words, page.text)
        self.assertEqual(self.case.anonymity, "anonymous")
        self.assertFalse(self.case.party_ids.identity_sealed)

    def test_confirmed_it_is_known(self):
        page = self._say(self._say(reply_channel="email"), step="confirm")
        self.assertIn("What you told us about yourself is stored", page.text)
        self.assertNotIn("Do you want to say who you are?", page.text)
        self.assertEqual(self.case.anonymity, "open")
        self.assertEqual(self.case.party_ids.name, KARI["name"])
        self.assertIn("named_by_own_act", self.case.journal_ids.mapped("event"))
        # The code goes on opening the case, which asks no more.
        self.assertNotIn("s-naming", self._open(self.code).text)

    def test_protected_is_said_in_other_words(self):
        page = self._say(anonymity="protected")
        self.assertIn("Only specially appointed persons can", page.text)
        self._say(page, anonymity="protected", step="confirm")
        self.assertEqual(self.case.anonymity, "protected")
        self.assertTrue(self.case.party_ids.is_protected)

    def test_correcting_brings_the_form_back_with_what_was_written(self):
        page = self._say(step="correct")
        form = self._naming_form(page)
        self.assertEqual(form.inputs["name"].value, KARI["name"])
        self.assertEqual(self.case.anonymity, "anonymous")

    def test_error_is_told_beside_the_field_and_the_text_kept(self):
        for values, field in (
            ({"email": "nonsense"}, "email"),
            ({"name": "", "email": ""}, "name"),
            ({"anonymity": ""}, "anonymity"),
            ({"reply_channel": "phone"}, "phone"),
            ({"name": receipt_code.make(b"twelve bytes")}, "name"),
        ):
            page = self._say(**values, step="confirm")
            self.assertEqual(page.status_code, 422)
            self.assertTrue(self._error_of(page, field))
            self.assertIn("You are still anonymous", page.text)
            self.assertIn("<title>", page.text)
            self.assertIn("Error:", page.text)
            form = self._naming_form(page)
            self.assertEqual(
                form.inputs["name"].value, values.get("name", KARI["name"])
            )
        self.assertEqual(self.case.anonymity, "anonymous")

    def test_page_that_was_open_too_long_keeps_what_was_written(self):
        with freeze_time("2020-01-01"):
            old = visit_token.make(self.case.sudo())
        page = self._say(visit=old, step="confirm")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Enter your code once more", page.text)
        self.assertNotIn(self.case.reference, page.text)
        kept = dict(html.fromstring(page.content).xpath("//form")[0].form_values())
        kept.pop("code", None)
        self.assertEqual(kept, KARI)
        wrong = self._open("x", **kept)
        again = dict(html.fromstring(wrong.content).xpath("//form")[0].form_values())
        again.pop("code", None)
        self.assertEqual(again, KARI)
        back = self._open(self.code, **kept)
        form = self._naming_form(back)
        self.assertEqual(form.inputs["email"].value, KARI["email"])

    def test_nobody_comes_in_without_the_code(self):
        sealed = keyring.encrypt({"name": "Kari"})
        other = self._case(self._send(anonymity="anonymous"))
        for token in (
            "",
            "x",
            "é",
            sealed,
            self._visit(self.page)[:-2],
            keyring.encrypt({"visit": self.case.id, "code": "", "until": 2**40}),
            keyring.encrypt(
                {"visit": 2**30, "code": self.case.access_code_hash, "until": 2**40}
            ),
            keyring.encrypt(
                {"visit": other.id, "code": self.case.access_code_hash, "until": 2**40}
            ),
        ):
            page = self._say(visit=token, step="confirm")
            self.assertEqual(page.status_code, 422)
        self.assertEqual({self.case.anonymity, other.anonymity}, {"anonymous"})

    def test_visit_ends_with_the_code(self):
        self.case.access_code_hash = False
        self.assertEqual(self._say(step="confirm").status_code, 422)
        self.assertEqual(self.case.anonymity, "anonymous")

    def test_named_cases_are_not_asked(self):
        receipt = self._send(name="Kari")
        named = self._case(receipt)
        self.assertNotIn("s-naming", self._open(self._code(receipt)).text)
        self._say(visit=visit_token.make(named.sudo()), name="Ola", step="confirm")
        self.assertEqual(named.party_ids.name, "Kari")

    def test_second_confirmation_changes_nothing(self):
        page = self._say()
        self._say(page, step="confirm")
        self._say(page, name="Somebody Else", step="confirm")
        self.assertEqual(self.case.party_ids.name, KARI["name"])

    def test_only_a_post_does_it(self):
        page = self.url_open(f"{URL}?visit={self._visit(self.page)}&step=confirm")
        self.assertTrue(page.url.endswith("/klage/status"))
        self.assertEqual(self.case.anonymity, "anonymous")

    def test_tries_count_as_wrong_codes_and_a_right_one_is_answered(self):
        self.env.cr.execute("DELETE FROM complaint_throttle")
        with (
            patch.dict(complaint_throttle.LIMITS, {"code": 2}),
            patch.object(complaint_throttle, "HIDDEN_FACTOR", 1),
        ):
            statuses = [self._say(visit="x").status_code for _try in range(3)]
            self.assertEqual(statuses, [422, 422, 429])
            self.assertEqual(self.case.anonymity, "anonymous")
            self.assertEqual(self._say(step="confirm").status_code, 200)
        self.assertEqual(self.case.anonymity, "open")

    def test_language_of_the_person_is_kept(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.case.lang = "sv_SE"
        self.assertIn('<html lang="sv">', self._say().text)
        self.assertIn('<html lang="en">', self._say(url=f"{URL}?lang=en").text)
