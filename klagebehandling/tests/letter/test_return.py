from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from ..common import ComplaintCase

REPORT = """From: MAILER-DAEMON@mail.example
To: bounce@nord.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <report@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Nobody has this address.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; kari@example.com
Action: failed
Status: 5.1.1

--x
Content-Type: text/rfc822-headers

Message-Id: {message_id}

--x--
"""


class Session:
    """What Odoo sends mail through: keeps who the sender of the envelope is."""

    from_filter = smtp_from = False

    def __init__(self):
        self.senders = []

    def send_message(self, _message, sender, _receivers):
        self.senders.append(sender)

    def quit(self):
        pass


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 09:00:00")
class TestReturn(ComplaintCase):
    """What cannot be delivered comes back to the organisation, and is heard there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.session = Session()
        server_class = type(self.env["ir.mail_server"])
        for name, fake in (
            ("_connect__", lambda *_args, **_kwargs: self.session),
            ("_disable_send", lambda *_args: False),
        ):
            self.startPatcher(patch.object(server_class, name, fake))
        cron_class = type(self.env["ir.cron"])
        self.startPatcher(
            patch.object(cron_class, "_commit_progress", lambda *_args, **_kwargs: 60)
        )

    def _send(self):
        case = self._register()
        case.with_user(self.leader).action_acknowledge()
        self.env["complaint.correspondence"]._cron_send()
        return case.correspondence_ids.sudo()

    def test_it_comes_back_to_who_wrote_whoever_runs_the_queue(self):
        # M61
        domains = self.env["mail.alias.domain"].create(
            [{"name": "main.example"}, {"name": "nord.example"}]
        )
        self.env.company.alias_domain_id, self.company.alias_domain_id = domains
        self.assertNotEqual(self.env.company, self.company)
        self.assertEqual(self._send().state, "sent")
        self.assertEqual(self.session.senders, ["bounce@nord.example"])

    def _fetch(self, letter, method, **context):
        """A colleague writes to the case as the report comes in, once.

        :param method: of the letter, where the two meet
        """
        others, letter_class = [SerializationFailure()], type(letter)
        original = getattr(letter_class, method)

        def meet(*args):
            if others:
                raise others.pop()
            return original(*args)

        with (
            patch.object(letter_class, method, meet),
            patch.object(self.env.cr, "rollback") as rollback,
        ):
            raw = REPORT.format(message_id=letter.message_id)
            thread = self.env["mail.thread"].with_context(**context)
            thread.message_process(False, raw)
        return rollback.call_count

    def test_what_came_back_is_kept_while_a_colleague_is_at_work_in_the_case(self):
        # M61
        letter = self._send()
        self._fetch(letter, "_settle")
        self.assertEqual((letter.state, letter.is_returned), ("failed", True))
        self.assertFalse(letter.settled_at)
        self.env["complaint.correspondence"]._cron_send()
        self.assertTrue(letter.settled_at)
        others = letter.case_id.correspondence_ids - letter
        self.assertEqual(others.replaces_id, letter)

    def test_what_is_fetched_while_another_worker_has_the_letter_is_taken_again(self):
        # M61
        letter = self._send()
        undone = self._fetch(letter, "_write_multi", default_fetchmail_server_id=1)
        self.assertEqual((undone, letter.state), (1, "failed"))
        self.assertTrue(letter.is_returned)

    def test_what_is_handed_in_is_left_to_who_hands_it_in(self):
        letter = self._send()
        with self.assertRaises(SerializationFailure):
            self._fetch(letter, "_bounce")
        self.assertEqual(letter.state, "sent")
