import smtplib
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ...addresses import mail_address
from ..common import ComplaintCase

QUEUE = "odoo.addons.klagebehandling.models.letter.complaint_queue"
NO_ADDRESSES = (
    '"x y"@example.com',
    "@example.com",
    "kari@",
    "kari@example",
    "kari@exam ple.com",
    "kari@example..com",
    "kari@example.com, ola@example.com",
    "kari@example.com;ola@example.com",
    "kari@example.com\nBcc: ola@example.com",
    "kari ola@example.com",
    f"{'k' * 65}@example.com",
)


@tagged("post_install", "-at_install")
class TestQueue(ComplaintCase):
    """Each letter is taken, sent and settled apart: one never stops another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        with freeze_time("2026-11-02 09:00:00"):
            cls.cases = cls._register() + cls._register() + cls._register()
            for case in cls.cases:
                case.with_user(cls.leader).action_acknowledge()
        cls.letters = cls.cases.correspondence_ids.sudo().sorted("id")

    def setUp(self):
        super().setUp()
        self.sent, self.refuse = [], lambda message: None
        for model, name, fake in (
            ("ir.mail_server", "send_email", self._fake_send),
            ("ir.cron", "_commit_progress", lambda *_args, **_kwargs: 60),
        ):
            self.startPatcher(patch.object(type(self.env[model]), name, fake))

    def _fake_send(self, message, **_kwargs):
        if error := self.refuse(message):
            raise error
        self.sent.append(message["Message-Id"])
        return message["Message-Id"]

    def _run(self, moment="2026-11-02 10:00:00"):
        with freeze_time(moment), mute_logger(QUEUE):
            self.env["complaint.correspondence"]._cron_send()

    def _refuse_first(self, error):
        first = self.letters[0]._stable_message_id()
        self.refuse = lambda message: error if message["Message-Id"] == first else None

    def _events(self, event):
        entries = self.cases[0].journal_ids
        return entries.filtered(lambda entry: entry.event == event)

    # One letter never stops another

    def test_an_address_that_nobody_can_write_to_stops_no_other_letter(self):
        # Stored before addresses were held against what can be sent to.
        party_sudo = self.cases[0].party_ids.sudo()
        party_sudo.write(party_sudo._seal({"email": '"x y"@example.com'}))
        self._run()
        self.assertEqual(self.letters.mapped("state"), ["failed", "sent", "sent"])
        self.assertIn("not valid", self.letters[0].failure)
        other = self.cases[0].correspondence_ids.filtered("replaces_id")
        self.assertEqual((other.medium, other.state), ("portal", "sent"))

    def test_any_error_is_kept_on_its_letter_and_tried_again(self):
        for error in (AssertionError("odd"), UnicodeError("odd"), KeyError("odd")):
            with self.subTest(error=error):
                self.letters[0].write({"retry_at": False, "attempts": 0})
                self._refuse_first(error)
                self._run()
                first = self.letters[0]
                self.assertEqual(
                    (first.state, first.failure, first.retry_at),
                    ("queued", type(error).__name__, datetime(2026, 11, 2, 10, 5)),
                )
                self.assertEqual(set(self.letters[1:].mapped("state")), {"sent"})
        self.refuse = lambda message: None
        self._run("2026-11-02 10:06:00")
        self.assertEqual(first.state, "sent")

    def test_an_error_before_it_is_sent_stops_no_other_letter(self):
        first, whole = self.letters[0], type(self.letters)._office_opens

        def broken(letter):
            if letter == first:
                raise ZeroDivisionError
            return whole(letter)

        with patch.object(type(self.letters), "_office_opens", broken):
            self._run()
        self.assertEqual(self.letters.mapped("state"), ["queued", "sent", "sent"])

    def test_an_address_the_server_does_not_know_goes_another_way_at_once(self):
        for code, state in ((550, "failed"), (450, "queued")):
            with self.subTest(code=code):
                error = MailDeliveryException("refused")
                error.__context__ = smtplib.SMTPRecipientsRefused(
                    {"kari@example.com": (code, b"unknown")}
                )
                self.letters[0].write({"state": "queued", "sent_at": False})
                self._refuse_first(error)
                self._run()
                self.assertEqual(self.letters[0].state, state)
                self.letters[0].write({"retry_at": False, "attempts": 0})

    # Killed in the middle

    def test_what_a_killed_worker_had_taken_goes_again_as_the_same_message(self):
        with freeze_time("2026-11-02 10:00:00"):
            taken = self.letters._take(self.letters.browse())
        self.assertEqual((taken, taken.state), (self.letters[0], "sending"))
        self._run("2026-11-02 10:14:00")
        self.assertEqual(self.letters.mapped("state"), ["sending", "sent", "sent"])
        self._run("2026-11-02 10:15:00")
        self.assertEqual(taken.state, "sent")
        self.assertEqual(self.sent[-1], taken.message_id)

    def test_what_was_sent_and_not_settled_is_settled_later_and_once(self):
        with patch.object(
            type(self.letters), "_log_letters", side_effect=UserError("broken")
        ):
            self._run()
        self.assertEqual(set(self.letters.mapped("state")), {"sent"})
        self.assertFalse(any(self.letters.mapped("settled_at")))
        self.assertFalse(self._events("correspondence_sent"))
        for _twice in range(2):
            self._run()
        self.assertTrue(all(self.letters.mapped("settled_at")))
        self.assertEqual(len(self._events("correspondence_sent")), 1)
        self.assertEqual(len(self.sent), 3)

    def test_what_is_being_sent_is_not_touched(self):
        with freeze_time("2026-11-02 10:00:00"):
            letter = self.letters._take(self.letters.browse()).with_user(self.leader)
        with self.assertRaises(UserError):
            letter.body = "<p>Another text</p>"
        letter.action_mark_sent("By hand")
        self.assertEqual(letter.state, "sending")

    def test_a_pass_that_runs_out_of_time_goes_on_soon(self):
        trigger = self.env["ir.cron.trigger"]
        before = trigger.search_count([])
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 0
        ):
            self._run()
        self.assertEqual(len(self.sent), 1)
        self.assertEqual(trigger.search_count([]), before + 1)

    # Addresses

    def test_addresses(self):
        for text in NO_ADDRESSES:
            self.assertEqual(mail_address(text), "", text)
        for text, address in (
            (" Kari.Nordmann+1@Example.COM ", "kari.nordmann+1@example.com"),
            ("o'neil@example.com", "o'neil@example.com"),
            ("kåre@blåbær.no", "kåre@blåbær.no"),
        ):
            self.assertEqual(mail_address(text), address)

    def test_every_door_holds_an_address_against_what_can_be_sent_to(self):
        party = self.cases[0].party_ids
        for text in NO_ADDRESSES:
            complainant = {"role": "complainant", "email": text}
            with self.assertRaises(ValidationError, msg=text):
                self._register(parties=[complainant])
            with self.assertRaises(ValidationError, msg=text):
                party.email = text
            with self.assertRaises(ValidationError, msg=text):
                party.create({**complainant, "case_id": self.cases[0].id})
        self.assertEqual(party.email, "kari@example.com")
