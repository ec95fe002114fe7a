import contextlib
import logging
from unittest.mock import Mock, patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import mail_gate
from ..common import ComplaintCase

MAIL = """Return-Path: <bounce-canary@example.com>
Delivered-To: {to}@verkstedet.test
Received: from canary-laptop (canary-host [203.0.113.77]) by mx; Mon, 2 Nov 2026
From: Kari Canary <canary@example.com>
Sender: canary-sender@example.com
Reply-To: canary-reply@example.com
To: Verkstedet
 <{to}@verkstedet.test>, canary-friend@example.com
Cc: canary-copy@example.com
Subject: Cold food
Date: Mon, 02 Nov 2026 10:13:27 +0100
Message-Id: <canary-id{number}@canary.example.com>
In-Reply-To: <canary-parent@example.com>
References: <canary-parent@example.com>
X-Mailer: Canary Mail 7
User-Agent: canary-agent
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The food is cold. Blåbær.
--b
Content-Type: text/plain; name="canary.txt"
Content-Disposition: attachment; filename="canary.txt"

Menu of Monday
--b--
"""
TEXTS = """
    SELECT c.table_name, c.column_name
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
       AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea')
"""


class AnyRecord(logging.Handler):
    """Keeps what any logger says, from the lowest level on."""

    def __init__(self):
        super().__init__(level=1)
        self.lines = []

    def emit(self, record):
        text = logging.Formatter("%(name)s %(message)s").format(record)
        self.lines.append(text)


@tagged("post_install", "-at_install")
class TestNamelessMail(ComplaintCase):
    """M09–M11 by mail: what arrives at an anonymous address has no sender."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        cls.company.alias_domain_id = domain
        cls.workshop.write(
            {"alias_name": "complaints", "anonymous_alias_name": "anonymous"}
        )
        sender = cls.employee.partner_id.with_context(tracking_disable=True)
        sender.write({"email": "canary@example.com", "message_bounce": 3})
        cls.env.flush_all()

    def _process(self, alias="anonymous", number=1, model=False, **kwargs):
        mail = MAIL.format(to=alias, number=number).replace("\n", "\r\n")
        case_id = self.env["mail.thread"].message_process(model, mail, **kwargs)
        return self.env["complaint.case"].browse(case_id)

    @contextlib.contextmanager
    def _all_lines(self):
        """Every line that is logged, down to the lowest level."""
        handler = AnyRecord()
        names = (None, "odoo", "odoo.addons", *mail_gate.LOGGERS[:-1])
        loggers = [logging.getLogger(name) for name in names]
        levels = [logger.level for logger in loggers]
        loggers[0].addHandler(handler)
        for logger in loggers[1:]:
            logger.setLevel(logging.DEBUG)
        try:
            yield handler.lines
        finally:
            loggers[0].removeHandler(handler)
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)

    def _tables_with(self, canary):
        """Tables and columns whose text holds a canary, and how often."""
        self.env.flush_all()
        self.env.cr.execute(TEXTS)
        found = {}
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT count(*) FROM "{table}" '
                f'WHERE strpos(lower("{column}"::text), %s) > 0',
                [canary],
            )
            if number := self.env.cr.fetchone()[0]:
                found[table, column] = number
        return found

    def test_nothing_of_the_sender_is_stored(self):
        canaries = ("canary", "203.0.113.77", "10:13:27", "09:13:27")
        before = [self._tables_with(canary) for canary in canaries]
        case = self._process()
        self.assertEqual(case.anonymity, "anonymous")
        self.assertEqual([self._tables_with(canary) for canary in canaries], before)
        self.assertEqual(case.title, "Cold food")
        self.assertIn("Blåbær", case.description)

    def test_case_is_written_by_nobody(self):
        # Odoo creates what an employee mails as that employee.
        for alias in ("anonymous", "complaints"):
            case = self._process(alias)
            rows = case, case.party_ids, case.deadline_ids, case.journal_ids
            public = self.env.ref("base.public_user")
            for row in rows:
                self.assertEqual(row.create_uid | row.write_uid, public, row)
            for message in case.message_ids:
                self.assertNotIn(self.employee, message.create_uid | message.write_uid)

    def test_sender_is_not_looked_up(self):
        # Odoo forgets an employee's bounces as soon as a mail comes from there.
        self._process()
        self.assertEqual(self.employee.partner_id.message_bounce, 3)

    def test_original_mail_is_never_attached(self):
        for number, alias in enumerate(("anonymous", "complaints")):
            case = self._process(alias, number, save_original=True)
            files = self.env["ir.attachment"].search(
                [("res_model", "=", case._name), ("res_id", "=", case.id)]
            )
            self.assertEqual(len(files), 1)
            self.assertNotIn(b"canary-id", files.raw)

    def test_no_line_is_logged_about_a_mail_to_us(self):
        for alias in ("anonymous", "complaints"):
            with self._all_lines() as lines:
                self._process(alias, number=alias)
            text = "\n".join(lines).lower()
            for word in ("canary", "routing mail", "verkstedet", "cold food"):
                self.assertNotIn(word, text)

    def test_other_mails_are_logged_as_ever(self):
        model = self.env["ir.model"]._get_id("res.partner")
        self.env["mail.alias"].create({"alias_name": "other", "alias_model_id": model})
        with self._all_lines() as lines, contextlib.suppress(ValueError):
            self._process("other", model="res.partner")
        self.assertIn("canary", "\n".join(lines))

    def test_fault_is_told_without_the_mail(self):
        door = self.env.registry["complaint.mailbox"]

        secret = "canary"

        def fail(*_args):
            logging.getLogger(mail_gate.LOGGERS[2]).warning("from %s", secret)
            raise ValueError(secret)

        mails = self.env["mail.mail"].search_count([])
        with patch.object(door, "_places", fail), self._all_lines() as lines:
            self.assertFalse(self._process())
        text = "\n".join(lines)
        self.assertIn("A mail to a complaint address caused a fault", text)
        self.assertIn("was not registered", text)
        self.assertIn("in _take", text)
        self.assertNotIn("canary", text.lower())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_what_cannot_even_be_kept_is_refused_without_the_mail(self):
        fault = Mock(side_effect=ValueError("canary"))
        with (
            patch.object(self.env.registry["complaint.mailbox"], "_places", fault),
            patch.object(self.env.registry["complaint.mail.pending"], "_keep", fault),
            self._all_lines() as lines,
            self.assertRaises(UserError) as caught,
        ):
            self._process()
        self.assertIn("could not be kept", "\n".join(lines))
        self.assertNotIn("canary", "\n".join(lines).lower())
        self.assertIsNone(caught.exception.__context__)

    def test_mail_delivered_twice_is_one_case(self):
        self.assertEqual(self._process(), self._process())
        self.assertNotEqual(self._process(), self._process(number=2))

    def test_alias_does_not_note_when_a_mail_came(self):
        alias = self.workshop.anonymous_alias_id
        status = alias.alias_status
        self._process()
        self.assertEqual(alias.alias_status, status)
        self._process("complaints")
        self.assertEqual(self.workshop.alias_id.alias_status, "valid")
        # Odoo tests it anew when it is changed, and notes the next mail.
        self.workshop.alias_id.alias_contact = "partners"
        self.assertEqual(self.workshop.alias_id.alias_status, "valid")

    def test_mail_to_both_addresses_is_anonymous(self):
        count = self.env["complaint.case"].search_count([])
        case = self._process("anonymous@verkstedet.test>, <complaints")
        self.assertEqual(case.anonymity, "anonymous")
        self.assertEqual(self.env["complaint.case"].search_count([]), count + 1)

    def test_procedure_that_makes_mails_anonymous_needs_no_second_address(self):
        self.policy.anonymity_default = "anonymous"
        alias, before = self.workshop.alias_id, self._tables_with("canary")
        status = alias.alias_status
        case = self._process("complaints")
        self.assertEqual(case.anonymity, "anonymous")
        self.assertEqual(self._tables_with("canary"), before)
        self.assertEqual(alias.alias_status, status)
        self.assertEqual(self.employee.partner_id.message_bounce, 3)

    def test_nobody_is_written_to(self):
        mails = self.env["mail.mail"].search_count([])
        partners = self.env["res.partner"].with_context(active_test=False)
        count = partners.search_count([])
        for number in range(25):  # past the number at which Odoo answers a loop
            self._process(number=number)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(partners.search_count([]), count)

    def test_no_setting_of_an_address_refuses_a_mail(self):
        mails = self.env["mail.mail"].search_count([])
        for number, (alias, name) in enumerate(
            (
                (self.workshop.alias_id, "complaints"),
                (self.workshop.anonymous_alias_id, "anonymous"),
            )
        ):
            alias.alias_contact = "followers"
            self.assertTrue(self._process(name, number))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_what_is_for_others_too_goes_on_to_them_as_it_came(self):
        model = self.env["ir.model"]._get_id("res.partner")
        self.env["mail.alias"].create({"alias_name": "other", "alias_model_id": model})
        both = "complaints@verkstedet.test>, <other"
        case = self._process(both)
        self.assertEqual(case.unit_id, self.workshop)
        self.assertIn("Blåbær", case.description)
        partner = self.env["res.partner"].search([], order="id desc", limit=1)
        message = partner.message_ids.filtered("email_from")
        self.assertIn("canary@example.com", message.email_from)
        self.assertIn("Blåbær", message.body)
        self.assertNotIn("canary", str(case.message_ids.read(["body", "email_from"])))

    def test_folded_and_odd_headers_do_not_slip_through(self):
        raw = (
            b"From: Kari\r\n\t<canary@example.com>\r\nX-Canary:\r\n one\r\n two\r\n"
            b"SUBJECT: Cold\r\n food\r\ncontent-TYPE: text/plain\r\nnonsense\r\n"
            b"Content-Canary: x\r\n\r\nFrom: me\r\n"
        )
        cut = mail_gate.cut_down(raw, ["a@b.test"], "<1@nameless>")
        self.assertEqual(
            cut,
            b"SUBJECT: Cold\r\n food\r\ncontent-TYPE: text/plain\r\nTo: a@b.test\r\n"
            b"Message-Id: <1@nameless>\r\n\r\nFrom: me\r\n",
        )
        self.assertIn(b"To: a", mail_gate.cut_down(b"", ["a"], "<1>"))
