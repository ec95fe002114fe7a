from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import JournalCase

TYPED = "She told me by phone"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestJournalTexts(JournalCase):
    """C-25: auditors read facts, never what people wrote; a text can be erased."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls.case.journal_ids.filtered(lambda one: one.event == "withdrawn")

    def test_what_people_write_is_kept_apart_from_the_facts(self):
        case = self.other
        case.with_user(self.leader).action_delay("The cook is ill", "2027-01-15")
        case.with_user(self.leader).action_answer(body="<p>Warm now.</p>")
        case.with_user(self.leader).action_close("resolved")
        case.with_user(self.leader).action_reopen("New facts")
        case._log("recused", reason="My sister works there", milestone="reply")
        typed = "cook is ill|New facts|My sister"
        payloads = str(case.journal_ids.mapped("payload"))
        self.assertNotRegex(payloads, typed)
        self.assertIn("milestone", payloads)
        texts = str(case.journal_ids.mapped("texts"))
        for text in typed.split("|"):
            self.assertIn(text, texts)

    def test_an_unknown_key_is_taken_for_text(self):
        self.case._log("recused", remark="Kari", count=3, day="2026-11-02")
        entry = self.case.journal_ids.sorted("sequence")[-1]
        self.assertEqual(entry.texts, {"remark": "Kari"})
        self.assertEqual(entry.payload, {"count": 3, "day": "2026-11-02"})

    def test_who_works_the_case_reads_the_texts(self):
        for user in (self.worker, self.leader):
            entry = self.entry.with_user(user)
            self.assertEqual((entry.texts["reason"], entry.note), (TYPED, TYPED))
            self.assertNotIn(TYPED, entry.details)

    def test_auditors_do_not_read_the_texts_in_any_way(self):
        entry = self.entry.with_user(self.auditor)
        for name in ("texts", "note"):
            with self.assertRaises(AccessError):
                entry.read([name])
        read = entry.read()[0]
        self.assertNotIn(TYPED, str(read))
        self.assertIn("event_label", read)
        Journal = self.journal.with_user(self.auditor)
        with self.assertRaises(AccessError):
            Journal.search([("texts", "ilike", "phone")])
        self.auditor.write(
            {
                "group_ids": [
                    Command.link(self.env.ref("klagebehandling.group_export").id)
                ]
            }
        )
        with self.assertRaises(AccessError):
            entry.export_data(["texts"])
        views = Journal.get_views([(False, "list"), (False, "form")])["views"]
        case_form = self.case.with_user(self.auditor).get_view(view_type="form")
        for arch in (views["list"]["arch"], views["form"]["arch"], case_form["arch"]):
            self.assertNotIn('name="note"', arch)
        handler = self.journal.with_user(self.worker).get_view(view_type="list")
        self.assertIn('name="note"', handler["arch"])

    def test_an_erased_text_is_gone_and_the_chain_is_whole(self):
        # law.md test 23
        self._anchor()
        count = self.case.journal_count
        waived = self.case.journal_ids.filtered("texts") - self.entry
        self.entry._erase_texts()
        self.env.flush_all()
        self._sql(
            "SELECT row::text FROM complaint_journal row WHERE company_id = %s",
            self.company.id,
        )
        rows = [row[0] for row in self.env.cr.fetchall()]
        self.assertFalse([row for row in rows if TYPED in row])
        self.assertEqual(self._findings(), [])
        self.assertEqual(self.case.journal_count, count + 1)
        erasure = self.case.journal_ids.sorted("sequence")[-1]
        self.assertEqual(erasure.event, "texts_erased")
        self.assertEqual(erasure.payload, {"entries": [self.entry.sequence]})
        self.assertEqual(self.entry.note, "The text was erased.")
        self.assertTrue(all(waived.mapped("texts")))
        self.entry._erase_texts()
        self.assertEqual(self.case.journal_count, count + 1)

    def test_a_text_that_goes_without_an_entry_is_tampering(self):
        self._sql(
            "UPDATE complaint_journal SET texts = NULL, texts_salt = NULL "
            "WHERE id = %s",
            self.entry.id,
        )
        self.assertEqual(self._kinds(), {"text"})
        self.case._log("texts_erased", entries=[self.entry.sequence + 50, "x"])
        self.assertEqual(self._kinds(), {"text"})

    def test_erasing_says_how_much_was_erased(self):
        self.entry._erase_texts()
        answer = self.case.with_user(self.leader).action_verify_journal()
        self.assertIn("Texts erased as logged: 1.", answer["params"]["message"])
        self.assertEqual(answer["params"]["type"], "success")
