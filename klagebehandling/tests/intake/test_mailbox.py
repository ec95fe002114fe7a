# What people write in a test is not translated.
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from ...mail_reader import apart
from ..common import ComplaintCase

KARI = "Kari Nordmann <kari@example.com>"
REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {id}

--b--
"""


@tagged("post_install", "-at_install")
class TestReaderApart(BaseCase):
    """The reader runs in a process of its own, which may die."""

    def test_a_reader_that_takes_too_long_is_stopped(self):
        self.assertEqual(apart.read(b"Subject: x\n\nhei").text, "hei")
        with patch.object(apart, "SECONDS", -apart.apart.GRACE):
            self.assertIsNone(apart.read(b"Subject: x\n\nhei"))

    def test_a_reader_that_dies_takes_nothing_with_it(self):
        long = b"Subject: x\n\n" + b"hei " * 1_000_000
        with patch.object(apart, "MEMORY", 1024 * 1024):
            self.assertIsNone(apart.read(long))


class MailboxCase(ComplaintCase):
    """Mails to the addresses of two units, and what became of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        cls.company.alias_domain_id = cls.domain
        cls.workshop.write(
            {"alias_name": "complaints", "anonymous_alias_name": "anonymous"}
        )
        cls.kitchen.alias_name = "kitchen"

    def _send(
        self,
        body="The food is cold.",
        to="complaints",
        subject="Cold food",
        sender=KARI,
        id_="1@example.com",
        head="",
    ):
        """Send a mail; return the cases that are new."""
        if not body.startswith("Content-Type:"):
            body = f"Content-Type: text/plain; charset=utf-8\n\n{body}\n"
        mail = f"From: {sender}\nTo: {to}@verkstedet.test\nSubject: {subject}\n"
        mail += f"Message-Id: <{id_}>\n{head}MIME-Version: 1.0\n{body}"
        cases = self.env["complaint.case"]
        before = cases.search([])
        self.env["mail.thread"].message_process(False, mail.encode())
        return cases.search([]) - before

    def _notice(self, case):
        """A notice that was mailed to the complainant of a case."""
        letter = case.sudo()._write_to_complainant("message", "<p>x</p>", "email")
        letter.message_id = letter._stable_message_id()
        letter._mark_sent(letter.message_id)
        return letter

    def _close(self, case):
        values = {"state": "closed", "outcome": "resolved"}
        case.sudo().write({**values, "closed_at": "2026-11-02 09:00:00"})

    def _incoming(self, case):
        return case.correspondence_ids.filtered(lambda one: one.direction == "in")

    def _tasks(self, case):
        domain = [("res_model", "=", case._name), ("res_id", "=", case.id)]
        return self.env["mail.activity"].search(domain)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMailbox(MailboxCase):
    """What comes to an address of a unit: kept, then understood (E-28, D-24)."""

    # Kept

    def test_the_mail_as_it_came_is_sealed_once(self):
        case = self._send()
        originals = case.with_context(active_test=False).original_ids
        self.assertEqual((len(originals), originals.state), (1, "sealed"))
        name, raw = originals._open()
        self.assertEqual(name, "mail.eml")
        self.assertIn(b"From: Kari Nordmann", raw)
        self.assertFalse(case.original_ids)
        self.assertFalse(self._send())
        self.assertEqual(len(case.with_context(active_test=False).original_ids), 1)
        self.assertIn("mail_kept", case.journal_ids.mapped("event"))

    def test_of_an_anonymous_mail_only_what_is_left_is_sealed(self):
        case = self._send(to="anonymous", head="X-Secret: canary\n")
        (original,) = case.with_context(active_test=False).original_ids
        _name, raw = original._open()
        self.assertIn(b"The food is cold.", raw)
        for word in (b"kari", b"Kari", b"canary", b"1@example.com"):
            self.assertNotIn(word, raw)

    def test_what_cannot_be_read_is_a_case_past_the_line(self):
        with patch.object(apart, "read", lambda raw: None):
            case = self._send()
        self.assertEqual(case.title, "E-mail that could not be read")
        self.assertTrue(case.about_manager)
        self.assertIn(self.leader, case.sudo().walled_user_ids)
        self.assertTrue(case.deadline_ids)
        (original,) = case.with_context(active_test=False).original_ids
        self.assertIn(b"The food is cold.", original._open()[1])

    def test_the_address_of_a_closed_unit_still_takes_complaints(self):
        self.kitchen.active = False
        case = self._send(to="kitchen")
        self.assertEqual(case.unit_id, self.kitchen.parent_id)

    def test_a_broken_address_still_takes_complaints(self):
        for defaults in ("{'unit_id': 2147483647}", "{'unit_id': False}"):
            self.workshop.alias_id.alias_defaults = defaults
            case = self._send(id_=f"{defaults}@example.com")
            self.assertTrue(case.unit_id)

    # Its identity

    def test_the_same_mail_to_two_units_is_two_whole_cases(self):
        cases = self._send(to="complaints@verkstedet.test, kitchen")
        self.assertEqual(cases.unit_id, self.workshop | self.kitchen)
        for case in cases:
            self.assertIn("The food is cold.", case.description)
            self.assertEqual(case.party_ids.email, "kari@example.com")

    def test_the_same_id_with_other_words_is_another_case(self):
        self.assertTrue(self._send("One thing"))
        self.assertTrue(self._send("Another thing"))
        self.assertFalse(self._send("One thing"))

    def test_receipt_is_when_our_server_got_it(self):
        line = "Received: from a by mx; Fri, 30 Oct 2026 15:00:00 +0100\n"
        self.assertEqual(str(self._send(head=line).received_at), "2026-10-30 14:00:00")
        ahead = "Received: from a by mx; Mon, 2 Nov 2026 15:00:00 +0100\n"
        case = self._send("Other words", head=ahead)
        self.assertEqual(str(case.received_at), "2026-11-02 09:00:00")

    def test_clock_of_a_server_that_was_not_set_is_none(self):
        head = "Received: from a by mx; Thu, 1 Jan 1970 00:00:00 +0000\n"
        case = self._send(head=head)
        self.assertEqual(str(case.received_at), "2026-11-02 09:00:00")
        self.assertEqual(case.title, "Cold food", "it is read")

    def test_mail_that_lay_in_the_mailbox_says_so(self):
        # B-20: the promises run from its receipt, and who works it is told.
        for day, said in (("Fri, 30 Oct", "10/30/2026"), ("Sun, 1 Nov", None)):
            head = f"Received: from a by mx; {day} 2026 15:00:00 +0100\n"
            case = self._send(f"Of {day}", id_=f"{said}@example.com", head=head)
            notes = " ".join(case.message_ids.mapped("body"))
            if said:
                self.assertIn(f"on {said}, and fetched on a later day", notes)
            else:
                self.assertIn("Received by e-mail.", notes)

    def test_mail_that_the_door_refuses_keeps_its_day(self):
        head = "Received: from a by mx; Fri, 30 Oct 2026 15:00:00 +0100\n"
        intake = type(self.env["complaint.intake"])
        register, given = intake.register, []

        def refuse_first(model, values):
            given.append(values)
            if len(given) == 1:
                raise ValidationError(head)
            return register(model, values)

        self.patch(intake, "register", refuse_first)
        case = self._send(head=head)
        self.assertEqual(str(case.received_at), "2026-10-30 14:00:00")

    # Programs

    def test_what_a_program_wrote_opens_no_case(self):
        for number in range(30):
            head = "Auto-Submitted: auto-replied\n"
            self.assertFalse(self._send(head=head, id_=f"auto{number}@example.com"))

    def test_an_automatic_answer_is_kept_on_its_case(self):
        case = self._send()
        letter = self._notice(case)
        head = f"Auto-Submitted: auto-replied\nIn-Reply-To: {letter.message_id}\n"
        tasks = self._tasks(case)
        self.assertFalse(self._send("I am away", id_="2@example.com", head=head))
        self.assertIn("I am away", self._incoming(case).body)
        self.assertEqual(self._tasks(case), tasks)

    def test_only_a_final_failure_brings_a_letter_back(self):
        for action, status, state, proof in (
            ("delayed", "4.4.1", "sent", False),
            ("failed", "4.4.7", "sent", False),
            ("delivered", "2.0.0", "sent", True),
            ("failed", "5.1.1", "failed", False),
        ):
            with self.subTest(action=action, status=status):
                case = self._send(id_=f"{action}{status}@example.com")
                letter = self._notice(case)
                body = REPORT.format(action=action, status=status, id=letter.message_id)
                self._send(body, sender="MAILER-DAEMON@mx", id_=f"r{letter.id}@mx")
                self.assertEqual(letter.state, state)
                self.assertEqual("reported as delivered" in letter.proof, proof)

    # Answers

    def test_an_answer_comes_to_its_case(self):
        case = self._send()
        letter = self._notice(case)
        for number, (subject, head) in enumerate(
            (
                ("Re: news", f"References: {letter.message_id}\n"),
                (f"About {case.reference}", ""),
                (f"sak {case.reference.replace('-', ' ').lower()}", ""),
            )
        ):
            with self.subTest(subject=subject):
                id_ = f"answer{number}@example.com"
                text = f"More of it {number}"
                self.assertFalse(self._send(text, subject=subject, head=head, id_=id_))
                answer = self._incoming(case).sorted("id")[-1:]
                self.assertIn(text, answer.body)
                self.assertFalse(answer.is_from_elsewhere)
        self.assertIn(self.leader, self._tasks(case).user_id)

    def test_an_answer_to_a_closed_case_is_kept_and_told(self):
        case = self._send()
        letter = self._notice(case)
        self._close(case)
        before = len(self._tasks(case))
        head = f"References: {letter.message_id}\n"
        self.assertFalse(self._send("More", head=head, id_="2@example.com"))
        self.assertIn("More", self._incoming(case).body)
        self.assertEqual(len(self._tasks(case)), before + 1)

    def test_an_answer_from_another_address_is_not_the_complainants(self):
        case = self._send()
        sender = "Ola <ola@example.com>"
        subject = f"Re: {case.reference}"
        self.assertFalse(self._send("I withdraw", subject=subject, sender=sender))
        answer = self._incoming(case)
        self.assertTrue(answer.is_from_elsewhere)
        events = case.journal_ids.mapped("event")
        self.assertIn("mail_from_elsewhere", events)
        self.assertNotIn("message_received", events)

    def test_a_complaint_about_a_case_is_a_new_one(self):
        case = self._send()
        subject = f"I complain about {case.reference}"
        self.assertTrue(self._send(subject=subject, sender="Ola <ola@example.com>"))
        self.assertFalse(self._incoming(case))

    def test_a_reference_of_another_organisation_is_a_new_case(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        case = self._send()
        self.env.cr.execute(
            "UPDATE complaint_case SET company_id = %s WHERE id = %s",
            [company.id, case.id],
        )
        self.env.invalidate_all()
        self.assertTrue(self._send("More", subject=f"Re: {case.reference}"))

    # Colleagues

    def test_a_colleague_who_passes_a_mail_on_is_the_helper(self):
        self.employee.partner_id.email = "reception@example.com"
        sender = "Reception <reception@example.com>"
        case = self._send(subject="Fwd: Cold food", sender=sender)
        self.assertEqual(case.assisted_by_id, self.employee)
        self.assertFalse(case.party_ids.name or case.party_ids.email)

    def test_a_colleague_who_complains_is_the_complainant(self):
        self.employee.partner_id.email = "reception@example.com"
        case = self._send(sender="Rita <reception@example.com>")
        self.assertFalse(case.assisted_by_id)
        self.assertEqual(
            (case.party_ids.name, case.party_ids.kind), ("Rita", "employee")
        )

    # Receivers

    def test_blind_copies_and_plus_addresses_arrive(self):
        for number, head in enumerate(
            (
                "X-Original-To: complaints@verkstedet.test\nDelivered-To: odoo@mx\n",
                "Envelope-To: <complaints@verkstedet.test>\n",
                "Delivered-To: complaints+token@verkstedet.test\n",
            )
        ):
            id_ = f"blind{number}@example.com"
            case = self._send(to="undisclosed:;nobody", head=head, id_=id_)
            self.assertEqual(case.unit_id, self.workshop, head)
