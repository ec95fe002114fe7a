import base64
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..dump import find_in_database
from ..identity.common import IDENTITY
from .common import STORY, STREET, WORDS, ShelterCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestProtect(ShelterCase):
    """A level raised later takes the address out of all that stands in the case."""

    def setUp(self):
        super().setUp()
        Server = type(self.env["ir.mail_server"])
        self.startPatcher(
            patch.object(
                Server, "send_email", lambda _self, mail, **_k: mail["Message-Id"]
            )
        )

    def test_the_address_stands_nowhere_afterwards(self):
        # Nobody else in this database may have the same address.
        self.party._erase()
        case = self._open_case(reply_channel="email")
        worker = case.with_user(self.worker)
        moved = f"She moved to {STREET}."
        case.message_post(body=moved)
        self.env["complaint.note"].with_user(self.worker).create(
            {"case_id": case.id, "body": f"Called. {STREET} is right."}
        )
        self.env["complaint.correspondence"].with_user(self.worker).create(
            {"case_id": case.id, "body": f"<p>You live in <b>{STREET}</b>.</p>"}
        )
        worker.action_acknowledge()
        case._log("answered", reason=f"Looked at {STREET}")
        dialog = self.env["complaint.case.correct"].with_user(self.worker)
        dialog.create({"case_id": case.id, "text": STREET, "reason": "x"})
        self.assertTrue(find_in_database(self.env, WORDS))
        places = self._places(case)
        self.assertEqual(
            {name for name, _id in places},
            {
                "complaint.case",
                "complaint.note",
                "complaint.correspondence",
                "mail.message",
            },
        )
        self._protect(case, places=places)
        self.assertEqual(find_in_database(self.env, WORDS), [])
        self.assertEqual(case.party_ids.name, IDENTITY["name"])
        self.assertEqual(case.party_ids.phone, IDENTITY["phone"])
        self.assertFalse(case.party_ids.street or case.party_ids.former)
        self.assertIn("The food is cold.", case.description)
        self.assertIn("[…]", case.description)

    def test_the_journal_is_whole_and_says_what_was_done(self):
        case = self._open_case()
        self._protect(case, places=self._places(case))
        self.env.flush_all()
        Journal = self.env["complaint.journal"]
        findings = list(Journal.sudo()._findings(Journal.sudo()._new_check(), case.ids))
        self.assertEqual(findings, [])
        events = case.journal_ids.mapped("event")
        for event in ("words_masked", "protection_set", "address_removed"):
            self.assertEqual(events.count(event), 1)
        # What is changed past the system is told as before.
        self.env.cr.execute(
            "UPDATE complaint_case SET description = 'forged' WHERE id = %s", case.ids
        )
        findings = list(Journal.sudo()._findings(Journal.sudo()._new_check(), case.ids))
        self.assertEqual([one.kind for one in findings], ["differs"])

    def test_texts_that_are_not_ticked_stay(self):
        case = self._open_case()
        self._protect(case)
        self.assertEqual(case.description, STORY)
        self.assertNotIn("words_masked", case.journal_ids.mapped("event"))

    def test_no_address_is_entered_again(self):
        case = self._open_case()
        self._protect(case)
        for name in ("email", "street", "zip", "city"):
            with self.assertRaises(UserError):
                case.party_ids.with_user(self.custodian).action_correct(
                    name, IDENTITY[name], "She said so."
                )
        case.party_ids.with_user(self.custodian).action_correct("phone", "12345", "x")
        self.assertEqual(case.party_ids.phone, "12345")

    def test_what_waits_goes_as_a_letter(self):
        case = self._open_case(reply_channel="email")
        case.with_user(self.worker).action_acknowledge()
        waiting = case.correspondence_ids.filtered(lambda one: one.state == "queued")
        self.assertEqual(waiting.mapped("medium"), ["email"])
        kept = waiting.meets_ids
        self._protect(case)
        self.assertEqual(case.reply_channel, "letter")
        self.assertEqual(waiting.state, "failed")
        letter = case.correspondence_ids - waiting
        self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
        self.assertEqual(letter.meets_ids, kept)
        self.assertFalse(letter.missing)
        for medium in ("email", "sms"):
            self.assertTrue(letter._say_missing(case.party_ids, medium))
        # Another level keeps its address, and its e-mail.
        other = self._open_case(reply_channel="email")
        self._protect(other, self.marked)
        self.assertEqual(other.reply_channel, "email")
        self.assertEqual(other.party_ids.email, IDENTITY["email"])

    def test_a_person_is_hidden_and_everybody_is_warned(self):
        case = self._open_case()
        person = case.party_ids
        self.assertFalse(case.protection_note)
        self._protect(case, self.marked)
        self.assertEqual(case.anonymity, "protected")
        self.assertTrue(person.is_protected)
        seen = case.with_user(self.worker)
        seen.invalidate_recordset()
        self.assertEqual(seen.protection_note, "Marked (not verified)")
        self.assertFalse(seen.is_unaddressed)
        self.assertFalse(seen.party_ids)
        self._protect(case, party_id=person.id)
        seen.invalidate_recordset()
        self.assertTrue(seen.is_unaddressed)

    def test_what_is_split_off_is_protected_too(self):
        grounds = self.env["complaint.category"].search([], limit=2)
        case = self._open_case(categories=grounds.mapped("code"))
        self._protect(case)
        child = case.browse(case.with_user(self.leader).action_split(grounds[:1].ids))
        self.assertEqual(child.party_ids.protection_id, self.strict)
        self.assertTrue(child.party_ids.is_protected)
        self.assertFalse(child.party_ids.street)

    def test_the_mail_as_it_came_is_emptied(self):
        raw = base64.b64encode(f"From: {IDENTITY['email']}\n\nx".encode()).decode()
        attached = [{"name": "mail.eml", "content": raw, "as_is": True}]
        case = self._open_case(attachments=attached)
        original = self.env["complaint.original"].search([("case_id", "=", case.id)])
        original.active = False
        digest = original.digest
        self._protect(case)
        self.assertTrue(original.emptied_on)
        self.assertEqual(original.digest, digest)
        self.assertFalse(original._sealed_file())
        with self.assertRaisesRegex(UserError, "was removed"):
            original._open()
        self.assertEqual(original._reseal_batch(10), 0)

    def test_the_dialog_shows_first_where_it_stands(self):
        case = self._open_case()
        dialog = self.env["complaint.case.protect"].with_user(self.worker)
        with Form(dialog.with_context(default_case_id=case.id)) as form:
            form.protection_id = self.strict
            form.reason = "Shown to us."
            self.assertEqual(len(form.place_ids), 1)
            self.assertNotIn(STREET, str(form.place_ids._records))
        form.record.action_confirm()
        self.assertIn("[…]", case.description)
        self.assertFalse(form.record.exists())

    def test_whose_address_nobody_keeps_is_in_no_figure_of_a_unit(self):
        # N01: it would tell where the person is.
        case, figures = self._open_case(), self.env["complaint.figure"]
        first, last = date(2020, 1, 1), date(2030, 12, 31)
        scopes = (
            figures._of_unit(case.unit_id, self.policy, first, last),
            figures._of_company(self.company, self.policy, first, last),
        )

        def count(by):
            found = [
                figures._count_open(scope, ["received"], by=by)["received"]
                for scope in scopes
            ]
            if by:
                found = [one.get(case.unit_id, (0, 0)) for one in found]
            return [total for total, _part in found]

        before = count("unit_id")
        self._protect(case, self.marked)
        self.assertEqual(count("unit_id"), before)
        self._protect(case)
        self.assertEqual(count("unit_id"), [one - 1 for one in before])
        self.assertEqual(count(None), [one - 1 for one in before])
