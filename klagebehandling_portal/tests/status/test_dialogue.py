import logging
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.klagebehandling.sealing import keyring, receipt_code

from ... import visit_token
from ...models.page import complaint_throttle
from ..common import PortalCase

LOGGER = "odoo.addons.klagebehandling_portal.models.status.complaint_portal_dialogue"
LONG = "What happened then.\nAnd <later> & more."


@tagged("post_install", "-at_install")
class TestDialogue(PortalCase):
    """M10: with the code one writes, answers, goes further, withdraws, reports."""

    def setUp(self):
        super().setUp()
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)

    def _open(self, code=None, **values):
        return self.url_open(
            "/klage/status", data={"code": code or self.code, **values}
        )

    def _typed_in(self, page, act):
        area = self._form_to(page, act).xpath(".//textarea")[0]
        return (area.text or "").removeprefix("\n")

    def _said(self, case=None):
        letters = (case or self.case).correspondence_ids
        return letters.filtered(lambda one: one.direction == "in")

    def test_written_with_a_file_it_is_in_the_stream(self):
        # M10: for anonymous and named alike
        receipt = self._send(name="Kari", unit_id=self.workshop.id)
        for code, case in (
            (self.code, self.case),
            (self._code(receipt), self._case(receipt)),
        ):
            page = self._post_act(
                self._open(code),
                "write",
                text=LONG,
                files={"attachments": ("note.txt", b"plain words")},
            )
            self.assertEqual(page.status_code, 200)
            self.assertIn("Thank you. We have received it.", page.text)
            self.assertIn("And &lt;later&gt; &amp; more.", page.text)
            letter = self._said(case)
            self.assertEqual((letter.medium, letter.purpose), ("portal", "message"))
            self.assertEqual(case.original_ids.correspondence_id, letter)
            stream = str(case.with_user(self.leader).dialogue)
            self.assertIn("And &lt;later&gt; &amp; more.", stream)
            self.assertTrue(case.activity_ids)
            self.assertEqual(letter.create_uid, self.env.ref("base.public_user"))

    def test_question_is_answered_there(self):
        self.case.with_user(self.leader)._ask("<p>Which day?</p>", "portal")
        page = self._open()
        self.assertIn("We ask you something", page.text)
        page = self._post_act(page, "answer", text="On Monday.")
        self.assertNotIn("We ask you something", page.text)
        answer = self._said()
        self.assertEqual(answer.answers_id.purpose, "question")
        self.assertFalse(self.case.is_waiting)

    def test_question_of_another_case_is_answered_by_nobody(self):
        other = self._case(self._send(anonymity="anonymous"))
        question = other.with_user(self.director)._ask("<p>Which day?</p>", "portal")
        self.case.with_user(self.leader)._ask("<p>Which hour?</p>", "portal")
        for id_ in (question.id, 2**31, "x", ""):
            page = self._post_act(
                self._open(), "answer", text="Kept.", question=str(id_)
            )
            self.assertEqual(page.status_code, 422)
        self.assertFalse(self._said() | self._said(other))

    def test_text_written_down_is_confirmed_or_corrected(self):
        #
        for act, event in (("confirm", "text_confirmed"), ("correct", "")):
            case = self._register(
                channel="phone", assisted={"by": self.worker.id}, anonymity="anonymous"
            )
            code = receipt_code.make(act.encode() * 2)
            case.access_code_hash = keyring.keyed_hash("access code", code)
            page = self._open(code)
            self.assertIn("The food is cold.", page.text)
            page = self._post_act(page, act, text="It was Tuesday.")
            self.assertNotIn("Have we understood you correctly?", page.text)
            if event:
                self.assertIn(event, case.journal_ids.mapped("event"))
            else:
                self.assertEqual(self._said(case).purpose, "correction")
        self.assertNotIn("Have we understood", self._open().text)

    def test_withdrawing_asks_once_more_and_ends_the_case(self):
        page = self._post_act(self._open(), "withdraw")
        self.assertIn("Do you really want to withdraw it?", page.text)
        self.assertEqual(self.case.state, "received")
        page = self._post_act(page, "withdraw")
        self.assertEqual(self.case.state, "withdrawn")
        self.assertIn("the case has ended", page.text)
        self.assertNotIn("I want to withdraw it", page.text)
        # Who changes their mind still writes.
        self._post_act(page, "write", text="I changed my mind.")
        self.assertTrue(self._said())

    def test_going_further_by_one_press(self):
        # C-27, M24
        self.assertNotIn("I want to go further", self._open().text)
        self.case.action_answer(body="<p>No.</p>")
        page = self._open()
        self.assertIn("You need not say why", page.text)
        page = self._post_act(page, "further")
        self.assertIn("has not handled it before", page.text)
        self.assertEqual(self.case.handler_id, self.director)
        self.assertEqual(self.case.stage, "2")
        self.assertIn(
            "By ", self._text(page, "//section[@aria-labelledby='s-promises']")
        )
        self.assertNotIn("/further?", page.text)

    def test_reprisal_gets_a_code_of_its_own_and_leaves_no_trace_here(self):
        #
        events = len(self.case.journal_ids)
        page = self._post_act(self._open(), "reprisal", text="My shift is gone.")
        self.assertIn("Keep this code too", page.text)
        code = self._code(page)
        report = self.env["complaint.case"]._find_by_code(code)
        self.assertEqual(report.retaliation_of_id, self.case)
        self.assertEqual(report.anonymity, "anonymous")
        self.assertEqual(len(self.case.journal_ids), events)
        for text in (self._open().text, self._open(code).text):
            self.assertNotIn("My shift is gone", text)
        self.assertNotIn(report.reference, self._open().text)
        self.assertNotIn(self.case.reference, self._open(code).text)

    def test_protection_is_shown_while_the_case_runs(self):
        #
        policy = self.case.policy_id.sudo()
        self.env.cr.execute(
            "UPDATE complaint_policy SET protection_text = %s WHERE id = %s",
            ['{"en_US": "<p>Nobody may pay you back.</p>"}', policy.id],
        )
        self.env.invalidate_all()
        self.assertIn("Nobody may pay you back.", self._open().text)

    def test_help_is_asked_for(self):
        self._post_act(self._open(), "help", text="I need an interpreter.")
        self.assertEqual(self._said().purpose, "help")
        self.assertIn("asks for help", self.case.activity_ids[-1].summary)

    def test_naming_is_behind_one_link(self):
        page = html.fromstring(self._open().content)
        closed = page.xpath(
            "//details[not(@open)]//section[@aria-labelledby='s-naming']"
        )
        self.assertTrue(closed)

    def test_what_was_typed_is_kept_beside_what_is_wrong(self):
        page = self._post_act(
            self._open(), "write", text=f"{LONG} {receipt_code.make()}"
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn("Error:", page.text)
        self.assertTrue(self._typed_in(page, "write").startswith(LONG))
        self.assertIn('aria-invalid="true"', page.text)
        page = self._post_act(
            self._open(),
            "reprisal",
            text=LONG,
            files={"attachments": ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x")},
        )
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self._typed_in(page, "reprisal"), LONG)
        self.assertIn("attachments_as_is", page.text)
        self.assertFalse(self._said())
        empty = self._post_act(self._open(), "write")
        self.assertEqual(empty.status_code, 422)

    def test_too_large_together_is_refused_beside_the_text(self):
        with patch(f"{LOGGER}.MAX_FILES", 10):
            page = self._post_act(
                self._open(),
                "write",
                text=LONG,
                files={"attachments": ("a.txt", b"more than ten")},
            )
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self._typed_in(page, "write"), LONG)

    def test_open_too_long_the_text_comes_back_with_the_code(self):
        page = self._open()
        with freeze_time("2020-01-01"):
            old = visit_token.make(self.case.sudo())
        for act in ("write", "help", "reprisal"):
            expired = self._post_act(page, act, text=LONG, visit=old)
            self.assertEqual(expired.status_code, 422)
            self.assertNotIn(self.case.reference, expired.text)
            form = html.fromstring(expired.content).xpath("//form")[0]
            kept = {name: value for name, value in form.form_values() if value}
            wrong = self._open("x", **{k: v for k, v in kept.items() if k != "code"})
            form = html.fromstring(wrong.content).xpath("//form")[0]
            kept = {name: value for name, value in form.form_values() if value}
            kept.pop("code", None)
            back = self._open(**kept)
            self.assertEqual(self._typed_in(back, act), LONG)

    def test_above_the_threshold_the_text_is_kept(self):
        # M54
        self.env.cr.execute("DELETE FROM complaint_throttle")
        page = self._open()
        with (
            patch.dict(complaint_throttle.LIMITS, {"form": 1}),
            patch.object(complaint_throttle, "HIDDEN_FACTOR", 1),
        ):
            self._post_act(page, "write", text="First.")
            stopped = self._post_act(page, "write", text=LONG)
        self.assertEqual(stopped.status_code, 429)
        self.assertGreater(int(stopped.headers["Retry-After"]), 0)
        self.assertEqual(self._typed_in(stopped, "write"), LONG)

    @mute_logger(LOGGER)
    def test_fault_on_our_side_keeps_the_text_and_logs_no_word_of_it(self):
        page = self._open()
        case_class = self.env.registry["complaint.case"]
        with (
            patch.object(case_class, "_say", side_effect=KeyError("canary " + LONG)),
            patch.object(logging.getLogger(LOGGER), "error") as log,
        ):
            failed = self._post_act(page, "write", text=LONG)
        self.assertEqual(failed.status_code, 500)
        self.assertEqual(self._typed_in(failed, "write"), LONG)
        self.assertNotIn("canary", failed.text)
        self.assertNotIn("canary", str(log.call_args))

    def test_sent_twice_it_is_kept_once(self):
        page = self._open()
        for _twice in range(2):
            self._post_act(page, "write", text=LONG)
            self._post_act(page, "reprisal", text=LONG)
        self.assertEqual(len(self._said()), 1)
        reports = self.env["complaint.case"].search(
            [("retaliation_of_id", "=", self.case.id)]
        )
        self.assertEqual(len(reports), 1)

    def test_nobody_acts_without_the_code(self):
        other = self._case(self._send(anonymity="anonymous"))
        before = self._case_count()
        page = self._open()
        for act in self.env["complaint.portal.dialogue"]._acts():
            for visit in ("", "x", "9" * 5000, visit_token.make(other)[:-2]):
                answer = self.url_open(
                    f"/klage/status/{act}",
                    data={"visit": visit, "text": "x", "step": "confirm"},
                )
                self.assertEqual(answer.status_code, 422)
            address = self.url_open(f"/klage/status/{act}", allow_redirects=False)
            self.assertEqual(address.status_code, 303)
        self.assertEqual(self.case.state, "received")
        self.assertEqual(self._case_count(), before)
        self.assertFalse(self._said() | self._said(other))
        self.case.access_code_hash = False
        self.assertEqual(self._post_act(page, "write", text="x").status_code, 422)

    def test_unknown_act_is_no_page(self):
        for act in ("delete", "_go_further", "__init__", "é"):
            page = self.url_open(f"/klage/status/{act}", data={"text": "x"})
            self.assertEqual(page.status_code, 404)

    def test_files_of_a_letter_are_given_to_its_reader_only(self):
        def attach(case, is_sent=True):
            letter = case._write_to_complainant(
                "message", "<p>See.</p>", "portal" if is_sent else "meeting"
            )
            file = self.env["ir.attachment"].create(
                {"name": "ø plan.txt", "raw": b"plan"}
            )
            letter._put_files(file)
            return file

        file, draft = attach(self.case), attach(self.case, is_sent=False)
        other = self._case(self._send(anonymity="anonymous"))
        foreign = attach(other)
        loose = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"x"})
        visit = self._form_to(self._open(), "file").fields["visit"]

        def ask(file, visit=visit):
            data = {"visit": visit, "file": getattr(file, "id", file)}
            return self.url_open("/klage/status/file", data=data)

        got = ask(file)
        self.assertEqual((got.status_code, got.content), (200, b"plan"))
        self.assertEqual(got.headers["Content-Type"], "application/octet-stream")
        self.assertTrue(got.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(got.headers["X-Content-Type-Options"], "nosniff")
        for wrong in (draft, foreign, loose, 2**40, "x", ""):
            self.assertEqual(ask(wrong).status_code, 404)
        self.assertEqual(ask(file, "x").status_code, 422)

    def test_words_from_another_address_are_not_shown(self):
        self.env["complaint.correspondence"]._receive(
            self.case, "Canary of a stranger", is_from_elsewhere=True
        )
        self.assertNotIn("Canary", self._open().text)

    def test_nothing_typed_stands_in_an_address(self):
        page = self._post_act(self._open(), "write", text="Canary words")
        self.assertNotIn("Canary", page.url)
        self.assertNotIn(self.code, page.url)

    def test_company_is_chosen_there(self):
        #
        self.assertNotIn("Who shall be with me", self._open().text)
        case_class = self.env.registry["complaint.case"]
        offered = ["staff", "support_person"]
        with patch.object(case_class, "_company_offered", return_value=offered):
            page = self._open()
            form = self._form_to(page, "company")
            self.assertFalse(form.xpath(".//input[@checked]"))
            self._post_act(page, "company", roles=["support_person"])
            self.assertEqual(self.case.invite, "support_person")
            page = self._post_act(
                self._open(), "company", roles=["external_caseworker"]
            )
        self.assertEqual(self.case.invite, "support_person")
