import io

from lxml import html

from odoo import Command
from odoo.tests import tagged

from odoo.addons.klagebehandling import limits
from odoo.addons.klagebehandling.sealing import receipt_code

from ..common import PortalCase

MEGABYTE = 1024 * 1024


class Promised(io.BytesIO):
    """A body that claims to be large and is empty."""

    def __len__(self):
        return 1000 * MEGABYTE


@tagged("post_install", "-at_install")
class TestBadInput(PortalCase):
    def test_no_bad_value_is_stored_or_breaks_the_page(self):
        count = self._case_count()
        for answers in (
            {"unit_id": "0"},
            {"unit_id": "999999999999999999999"},
            {"unit_id": "²"},
            {"unit_id": "-1 OR 1=1"},
            {"kind": "praise' --"},
            {"anonymity": "nobody"},
            {"anonymity": ""},
            {"event_date": "0000-01-01"},
            {"event_date": "2026-02-30"},
            {"event_date": "yesterday"},
            {"reply_channel": "pigeon"},
            {"wants_reply": "maybe"},
            {"email": "not an address"},
            {"description": ""},
            {"description": "\x00\x01 \n"},
            {"description": "x" * (MEGABYTE + 1)},
            {"token": ""},
            {"token": "a.b.c"},
            {"token": "é.\x00." + "9" * 500},
            {"token": self._token(3 * 24 * 3600)},
            {"name": "N" * 300},
        ):
            with self.subTest(
                answers={key: text[:40] for key, text in answers.items()}
            ):
                page = self._send(**answers)
                self.assertEqual(page.status_code, 422)
                self.assertIn("It has not been sent yet", page.text)
        self.assertEqual(self._case_count(), count)

    def test_unusual_text_is_kept_as_it_is(self):
        text = "مرحبا\u202e 👩‍👩‍👧 <b>&amp;</b> {{ 1 }} %(x)s\nline\ttab"
        case = self._case(self._send(description=text, title="x"))
        self.assertEqual(case.description, text)
        case = self._case(self._send(description="a\x00b\x1bc\r\nd"))
        self.assertEqual(case.description, "abc\nd")

    def test_pasted_code_is_refused_beside_the_field_and_the_text_kept(self):
        # M10
        names = ("title", "description", "desired_outcome", "name", "authorisation")
        self.policy.field_ids = [self._field(name) for name in names]
        code = receipt_code.make(b"twelve bytes")
        count = self._case_count()
        for name in names:
            text = f"It goes on, see {code}"
            page = self._send(**{name: text})
            self.assertEqual(page.status_code, 422)
            self.assertIn("take the code out", self._error_of(page, name))
            self.assertEqual(self._typed(page, name), text)
        self.assertEqual(self._case_count(), count)

    def test_text_is_kept_when_something_must_be_corrected(self):
        text = "\nfirst line </textarea><script>\nsecond & line"
        page = self._send(description=text, event_date="0000-00-00", name="Kari")
        self.assertEqual(self._typed(page, "description"), text)
        self.assertEqual(self._typed(page, "name"), "Kari")
        self.assertEqual(self._typed(page, "anonymity"), "open")

    def test_what_may_be_a_programs_is_marked_and_never_refused(self):
        # Pasted, dictated or filled in by the browser: people do that too.
        quick = self._token(-600)  # opened just now, however slow the machine is
        for answers in ({"website": "http://spam.example"}, {"token": quick}):
            page = self._send(**answers)
            self.assertEqual(page.status_code, 200)
            self.assertTrue(self._case(page).is_automatic)
        self.assertFalse(self._case(self._send()).is_automatic)

    def test_a_token_is_good_for_one_complaint(self):
        token, count = self._token(), self._case_count()
        first = self._send(token=token)
        self.assertEqual(self._code(self._send(token=token)), self._code(first))
        self.assertEqual(self._case_count(), count + 1)

    def test_an_expired_form_gets_a_new_token(self):
        token = self._token(3 * 24 * 3600)
        page = self._send(token=token)
        self.assertNotEqual(self._typed(page, "token"), token)

    def test_files_of_any_name_and_type_are_received(self):
        # B-40
        files = [
            ("attachments", ("../../etc/passwd\x00.png", b"no picture", "image/png")),
            (
                "attachments",
                ("ø\u202efdp.exe", b"MZ", "application/x-nonsense; charset=q"),
            ),
        ]
        case = self._case(self._send(files=files))
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)]
        )
        self.assertEqual(len(attachments), 2)
        self.assertFalse([one.name for one in attachments if "/" in one.name])

    def test_too_large_files_are_refused_and_the_text_is_kept(self):
        for sizes, words in (((50,), "25 MB: 0.bin"), ((21, 21), "40 MB")):
            big = [
                ("attachments", (f"{number}.bin", bytes(size * MEGABYTE)))
                for number, size in enumerate(sizes)
            ]
            page = self._send(files=big, description="Long and important")
            self.assertEqual(page.status_code, 422)
            self.assertIn(words, self._error_of(page, "attachments"))
            self.assertEqual(self._typed(page, "description"), "Long and important")

    def test_page_says_the_limits_of_the_door(self):
        names = (*limits.PARTY_TEXTS, "title", "attachments")
        self.policy.field_ids = [Command.clear(), *map(self._field, names)]
        page = self.url_open(self.url)
        inputs = html.fromstring(page.content).xpath("//form//input[@maxlength]")
        self.assertEqual(
            {one.name: int(one.get("maxlength")) for one in inputs},
            {
                **limits.PARTY_TEXTS,
                "title": limits.TEXTS["title"],
                "interpreter_language": limits.TEXTS["interpreter_language"],
            },
        )
        self.assertIn(f"{limits.MAX_FILE // MEGABYTE} MB each", page.text)
        self.assertIn(f"{limits.MAX_FILES // MEGABYTE} MB together", page.text)

    def test_a_far_too_large_body_gives_a_readable_page(self):
        page = self.url_open(
            self.url,
            data=Promised(),
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        )
        self.assertEqual(page.status_code, 413)
        self.assertIn("too large", page.text)
        page = self._send(description="x" * (11 * MEGABYTE))
        self.assertEqual(page.status_code, 413)
        self.assertIn("frame-ancestors 'none'", page.headers["Content-Security-Policy"])

    def test_a_malformed_body_gives_the_form_again(self):
        for kind, body in (
            ("multipart/form-data", b"no boundary"),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disp"),
            ("application/json", b'{"description": 1}'),
            ("application/x-www-form-urlencoded", b"%ff=%00&description=%ff"),
            ("application/x-www-form-urlencoded", b"self=1&slug=2&token=1"),
        ):
            with self.subTest(kind=kind, body=body):
                page = self.url_open(
                    self.url, data=body, headers={"Content-Type": kind}
                )
                self.assertEqual(page.status_code, 422)

    def test_a_part_without_a_name_is_a_bad_request(self):
        for disposition in ("form-data", 'form-data; filename="x"', "attachment"):
            head = f"--x\r\nContent-Disposition: {disposition}\r\n\r\n"
            with self.subTest(disposition=disposition):
                page = self.url_open(
                    self.url,
                    data=f"{head}hello\r\n--x--\r\n",
                    headers={"Content-Type": "multipart/form-data; boundary=x"},
                )
                self.assertEqual(page.status_code, 400)
                self.assertIn("Nothing has been stored", page.text)

    def test_a_text_sent_as_a_file_is_no_text(self):
        page = self.url_open(
            self.url,
            data={"token": self._token()},
            files={"description": ("x.txt", b"text"), "attachments": ("", b"")},
        )
        self.assertEqual(page.status_code, 422)

    def test_strange_parameters_do_not_break_a_page(self):
        for query in ("self=1", "slug=x", "lang=%00", "debug=assets", "editable=1"):
            with self.subTest(query=query):
                page = self.url_open(f"{self.url}?{query}")
                self.assertEqual(page.status_code, 200)
                self.assertFalse(page.headers.get("Set-Cookie"))
