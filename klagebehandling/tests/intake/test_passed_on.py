# What people write in a test is not translated.
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...sealing import keyring
from .test_mailbox import MailboxCase

FORWARDED = """For you.

Fra: Per Hansen <per@example.com>
Sendt: fredag 30. oktober 2026 10:00
Til: Reception <reception@example.com>
Emne: Klage

The soup was salty."""


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestPassedOn(MailboxCase):
    """An employee who passes on a citizen's mail is asked whose it is (A-11, D-24)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.employee.partner_id.email = "reception@example.com"

    def _pass_on(self, body=FORWARDED, **values):
        sender = "Reception <reception@example.com>"
        return self._send(body, subject="Fwd: Klage", sender=sender, **values)

    def _dialog(self, case, user=None):
        user = user or self.leader
        dialogs = self.env["complaint.case.attribute"].with_user(user)
        return Form(dialogs.with_context(default_case_id=case.id))

    def test_who_works_the_case_is_asked_and_told_what_the_mail_says(self):
        case = self._pass_on()
        self.assertTrue(case.is_complainant_asked)
        self.assertIn("Who is the complainant?", self._tasks(case).mapped("summary"))
        dialog = self._dialog(case)
        self.assertEqual((dialog.name, dialog.email), ("Per Hansen", "per@example.com"))
        self.assertEqual(str(dialog.written_on), "2026-10-30")
        self.assertIn("per@example.com", dialog.named)
        self.assertEqual(dialog.sender, self.employee.name)
        dialog.phone = "22 33 44 55"
        dialog.save().action_confirm()
        self.assertFalse(case.is_complainant_asked)
        person = case.party_ids
        self.assertEqual(
            (person.name, person.email, person.phone),
            ("Per Hansen", "per@example.com", "22 33 44 55"),
        )
        self.assertNotIn("Who is the complainant?", self._tasks(case).mapped("summary"))
        entry = case.journal_ids.filtered(lambda e: e.event == "complainant_entered")
        self.assertEqual(
            entry.payload, {"complainant": "author", "written_on": "2026-10-30"}
        )
        self.assertFalse(self.env["complaint.journal"]._verify(case))
        letter = case.sudo()._write_to_complainant("message", "<p>x</p>", "email")
        self.assertEqual(letter.recipient_id, person)

    def test_an_attached_mail_proposes_too(self):
        body = (
            'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
            "Content-Type: text/plain\n\nSee below\n--b\n"
            "Content-Type: message/rfc822\n\nFrom: Anna <anna@example.com>\n"
            "To: reception@example.com\nDate: Fri, 30 Oct 2026 10:00:00 +0100\n"
            "Subject: Klagomål\n\nThe soup\n--b--\n"
        )
        dialog = self._dialog(self._pass_on(body))
        self.assertEqual((dialog.name, dialog.email), ("Anna", "anna@example.com"))

    def test_the_lines_are_enough_whatever_the_subject_says(self):
        sender = "Reception <reception@example.com>"
        case = self._send(FORWARDED, subject="A complaint", sender=sender)
        self.assertTrue(case.is_complainant_asked)
        self.assertEqual(case.assisted_by_id, self.employee)
        # What another colleague wrote is what the employee complains about.
        self.leader.partner_id.email = "boss@example.com"
        body = "Look:\n\nFra: Boss <boss@example.com>\nSendt: x\n\nDo it."
        case = self._send(body, subject="My boss", sender=sender, id_="2@b")
        self.assertFalse(case.is_complainant_asked)
        self.assertEqual(case.party_ids.email, "reception@example.com")

    def test_a_colleague_in_between_is_not_proposed(self):
        body = "Fra: Boss <boss@example.com>\nSendt: x\n\n" + FORWARDED
        self.leader.partner_id.email = "boss@example.com"
        dialog = self._dialog(self._pass_on(body))
        self.assertEqual(dialog.email, "per@example.com")

    def test_it_may_be_the_employees_own_complaint(self):
        case = self._pass_on()
        dialog = self._dialog(case)
        dialog.who = "own"
        dialog.save().action_confirm()
        person = case.party_ids
        self.assertEqual(
            (person.email, person.kind), ("reception@example.com", "employee")
        )

    def test_what_cannot_be_found_out_is_said_with_a_reason(self):
        case = self._pass_on("An unsigned note.")
        dialog = self._dialog(case)
        self.assertFalse(dialog.name or dialog.email or dialog.named)
        with self.assertRaises(UserError):
            case.with_user(self.leader).action_attribute("nobody")
        dialog.who = "nobody"
        dialog.reason = "Nobody at the reception remembers."
        dialog.save().action_confirm()
        self.assertFalse(case.is_complainant_asked or case.party_ids.name)

    def test_it_is_said_once(self):
        case = self._pass_on().with_user(self.leader)
        case.action_attribute("other", {"name": "Per"})
        for who in ("other", "own"):
            with self.assertRaises(UserError):
                case.action_attribute(who, {"name": "Someone else"})
        self.assertEqual(case.party_ids.name, "Per")
        own = self._send("My own words", id_="2@b").with_user(self.leader)
        with self.assertRaises(UserError):
            own.action_attribute("other", {"name": "Someone else"})
        self.assertEqual(own.party_ids.email, "kari@example.com")

    def test_odd_answers_are_refused(self):
        case = self._pass_on().with_user(self.leader)
        for args in (
            ("somebody",),
            (None,),
            ([],),
            ("other",),
            ("other", {}),
            ("other", {"name": ""}),
            ("other", {"name": 7}),
            ("other", {"email": "no address"}),
            ("other", {"role": "subject"}),
            ("other", "Per"),
            ("nobody", None, 7),
            ("own", None, None, "soon"),
            ("own", None, None, "2030-01-01"),
            ("own", None, None, 7),
        ):
            with self.subTest(args=args), self.assertRaises(ValidationError):
                case.action_attribute(*args)
        self.assertTrue(case.is_complainant_asked)

    def test_who_does_not_work_the_case_is_not_asked(self):
        case = self._pass_on()
        for user in (self.employee, self.other_leader, self.custodian, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.with_user(user).action_attribute("other", {"name": "Per"})
        with self.assertRaises(UserError):
            case.with_user(self.leader).is_complainant_asked = False

    def test_who_is_protected_is_entered_and_not_read(self):
        case = self._pass_on()
        case.sudo().anonymity = "protected"
        case.sudo().party_ids.write({"is_protected": True})
        case.with_user(self.leader).action_attribute("other", {"name": "Per"})
        self.assertEqual(case.sudo().party_ids.name, "Per")
        self.assertTrue(case.sudo().party_ids.is_protected)
        self.assertFalse(case.party_ids.with_user(self.leader).has_access("read"))

    def test_nothing_of_the_person_stands_in_the_dialog_unsealed(self):
        dialog = self._dialog(self._pass_on()).save()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM complaint_case_attribute WHERE id = %s", [dialog.id]
        )
        self.assertNotIn("per@example.com", str(self.env.cr.fetchall()))
        sealed = keyring.decrypt(dialog.sudo().identity_sealed)
        self.assertEqual(sealed["email"], "per@example.com")

    def test_a_receipt_that_reached_nobody_goes_to_the_person(self):
        self.policy.has_auto_receipt = True
        case = self._pass_on()
        receipt = case.correspondence_ids
        receipt._write_failed("No e-mail address is known.")
        case.with_user(self.leader).action_attribute(
            "other", {"email": "per@example.com"}
        )
        again = case.correspondence_ids - receipt
        self.assertEqual((again.purpose, again.state), ("receipt", "queued"))
        self.assertEqual(again.sudo().recipient_id.email, "per@example.com")

    def test_an_anonymous_address_asks_nobody(self):
        self.assertFalse(self._pass_on(to="anonymous").is_complainant_asked)

    def test_a_shared_mailbox_of_ours_is_not_who_complains(self):
        self.company.email = "post@example.com"
        for number, sender in enumerate(
            ["Post <post@example.com>", "complaints@verkstedet.test"]
        ):
            case = self._send(FORWARDED, sender=sender, id_=f"{number}@us")
            self.assertTrue(case.is_complainant_asked, sender)
            self.assertFalse(case.party_ids.name or case.party_ids.email, sender)
            self.assertEqual(self._dialog(case).email, "per@example.com")
            with self.assertRaises(ValidationError):
                case.with_user(self.leader).action_attribute("own")
        # Whose address ends as ours does is somebody else.
        case = self._send(FORWARDED, sender="st@example.com", id_="3@us")
        self.assertEqual(case.party_ids.email, "st@example.com")
