# What people write in a test is not translated.
import base64
import logging
from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from ...mail_reader import apart
from .test_mailbox import KARI, MailboxCase

# A name that no table knows, so that nothing of the mail is found by chance.
CANARY = "Canarina Nordmann <canarina@example.com>"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMailKept(MailboxCase):
    """A mail that cannot be taken in is kept, and taken in later (E-28, D-24)."""

    def setUp(self):
        super().setUp()
        self.pending = self.env["complaint.mail.pending"]
        self.pending.search([]).unlink()
        self._patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 60)

    def _patch(self, *args):
        self.startPatcher(patch.object(*args))

    @contextmanager
    def _failing(self, fault=None, on="_places"):
        """The mailbox, while something in it fails."""

        def fail(*_args):
            raise fault or ValueError("Canarina")

        logging.disable(logging.ERROR)
        try:
            with patch.object(self.env.registry["complaint.mailbox"], on, fail):
                yield
        finally:
            logging.disable(logging.NOTSET)

    def _take_later(self):
        cases = self.env["complaint.case"]
        before = cases.search([])
        self.pending._cron_take()
        return cases.search([]) - before

    def test_what_fails_is_taken_in_later(self):
        for number, fault in enumerate(
            (ValueError("x"), ConcurrencyError("x"), SerializationFailure("x"))
        ):
            with self._failing(fault):
                self.assertFalse(self._send(id_=f"{number}@b", sender=CANARY))
            self.assertEqual(len(self.pending.search([])), 1)
            case = self._take_later()
            self.assertEqual(case.party_ids.email, "canarina@example.com")
            self.assertFalse(self.pending.search([]))
            # Fetched again by who was told that it failed.
            self.assertFalse(self._send(id_=f"{number}@b", sender=CANARY))

    def test_what_failed_half_way_leaves_nothing(self):
        before = self.env["complaint.journal"].search_count([])
        with self._failing(on="_keep_raw"):
            self.assertFalse(self._send())
        self.assertEqual(self.env["complaint.journal"].search_count([]), before)
        self.assertTrue(self._take_later())

    def test_what_is_kept_is_sealed_and_stands_once(self):
        with self._failing():
            self._send(sender=CANARY)
            self._send(sender=CANARY)
        (row,) = self.pending.search([])
        self.assertNotIn("anarina", str(row.read()))
        self.env.cr.execute("SELECT * FROM complaint_mail_pending")
        self.assertNotIn("anarina", str(self.env.cr.fetchall()))
        self.assertEqual(sum(self.pending._count_sealed().values()), 1)

    def test_of_an_anonymous_mail_less_is_kept(self):
        with self._failing():
            self._send(to="anonymous", sender=CANARY, head="X-Secret: canarina\n")
        (row,) = self.pending.search([])
        raw = base64.b64decode(row._open_sealed(row.id, row.mail_sealed)["mail"])
        self.assertIn(b"The food is cold.", raw)
        self.assertNotIn(b"anarina", raw)
        self.assertEqual(self._take_later().anonymity, "anonymous")

    def test_what_fails_each_time_is_a_case_that_says_so(self):
        with self._failing():
            self._send()
        with self._failing(on="_take_for"):
            for _time in range(5):
                self.assertFalse(self._take_later())
            case = self._take_later()
        self.assertEqual(case.title, "E-mail that could not be read")
        self.assertFalse(self.pending.search([]))

    def test_one_mail_does_not_stop_the_others(self):
        with self._failing():
            self._send("First")
            self._send("Second", id_="2@b")
        take, seen = self.env.registry["complaint.mailbox"]._take, []

        def fail_first(mailbox, raw, *args, **kwargs):
            seen.append(raw)
            if len(seen) == 1:
                raise ValueError
            return take(mailbox, raw, *args, **kwargs)

        logging.disable(logging.ERROR)
        self.addCleanup(logging.disable, logging.NOTSET)
        with patch.object(self.env.registry["complaint.mailbox"], "_take", fail_first):
            self.assertEqual(len(self._take_later()), 1)
        self.assertEqual(self.pending.search([]).attempts, 1)

    def test_an_organisation_without_procedure_gets_its_mail_later(self):
        self.management.policy_id = False
        logging.disable(logging.ERROR)
        self.assertFalse(self._send())
        logging.disable(logging.NOTSET)
        self.assertTrue(self.pending.search([]))
        self.management.policy_id = self.policy
        self.assertEqual(self._take_later().unit_id, self.workshop)

    # Odd addresses

    def test_no_address_that_somebody_set_up_oddly_refuses(self):
        alias = self.workshop.alias_id
        for number, defaults in enumerate(
            (
                "{'unit_id': 'x'}",
                "{'unit_id': True}",
                "{'unit_id': 10**30}",
                "{'unit_id': -1}",
                f"{{'anonymity': 'bogus', 'unit_id': {self.workshop.id}}}",
                "{'anonymity': ['open']}",
                "[1]",
                "nonsense(",
            )
        ):
            with self.subTest(defaults=defaults):
                alias.alias_defaults = "{}"
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE mail_alias SET alias_defaults = %s WHERE id = %s",
                    [defaults, alias.id],
                )
                self.env.invalidate_all()
                self.assertTrue(self._send(id_=f"odd{number}@b"))

    def test_an_address_without_a_domain_takes_what_comes(self):
        self.workshop.alias_id.alias_domain_id = False
        self.assertEqual(self._send().unit_id, self.workshop)

    def test_addresses_of_two_organisations_take_one_mail_each(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        other.alias_domain_id = self.domain
        procedure = self._create_policy("other_no", company_id=other.id)
        unit = self.env["complaint.unit"].create(
            {
                "name": "Far away",
                "company_id": other.id,
                "policy_id": procedure.id,
                "alias_name": "far",
            }
        )
        cases = self._send(to="complaints@verkstedet.test, far")
        self.assertEqual(cases.unit_id, self.workshop | unit)
        self.assertFalse(self._send(to="complaints@verkstedet.test, far"))
        for name in ("complaints", "far"):
            self.assertEqual(len(self._send("Once each", to=name, id_="2@b")), 1)
        # A reference of one is nothing at the other.
        case = cases.filtered(lambda one: one.unit_id == self.workshop)
        subject = f"Re: {case.reference}"
        self.assertTrue(self._send("x", to="far", subject=subject, id_="3@b"))
        both = "complaints@verkstedet.test, far"
        new = self._send("To both", to=both, subject=subject, id_="4@b")
        self.assertEqual(new.unit_id, unit)
        self.assertIn("To both", self._incoming(case)[:1].body)

    # Who passes on, and what cannot be read

    def test_who_sends_a_mail_on_as_it_is_helps_and_does_not_complain(self):
        self.employee.partner_id.email = "reception@example.com"
        case = self._send(head="Resent-From: Reception <reception@example.com>\n")
        self.assertEqual(case.assisted_by_id, self.employee)
        self.assertEqual(case.party_ids.email, "kari@example.com")
        head = "Resent-From: Ola <ola@example.com>\n"
        self.assertFalse(self._send("x", head=head).assisted_by_id)

    def test_what_is_encrypted_is_a_case_that_says_so(self):
        armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"
        case = self._send(armour)
        self.assertIn("is encrypted", case.description)
        self.assertIn("hQEMA", case.description)
        self.assertTrue(case.about_manager)
        self.assertEqual(case.party_ids.email, "kari@example.com")
        case = self._send(f"My words\n{armour}", id_="2@b")
        self.assertIn("My words", case.description)
        self.assertFalse(case.about_manager)

    def test_an_invitation_is_a_file(self):
        body = (
            'Content-Type: multipart/alternative; boundary="b"\n\n--b\n'
            "Content-Type: text/plain\n\nCome and see.\n--b\n"
            "Content-Type: text/calendar; method=REQUEST\n\n"
            "BEGIN:VCALENDAR\nSUMMARY:Many more words than that\nEND:VCALENDAR\n--b--"
        )
        case = self._send(body)
        self.assertEqual(case.description, "Come and see.")
        self.assertEqual(len(case.original_ids), 1)

    def test_a_list_may_pass_on_a_complaint(self):
        self.assertTrue(self._send(head="List-Id: <all.example.com>\n", sender=KARI))

    def test_odd_mails_are_cases_all_the_same(self):
        """What is generated here, of all that a head can hold, is neither lost nor
        refused."""
        senders = (
            "",
            "kari@",
            "N" * 300 + " <k@b>",
            f"<{'k' * 300}@b.no>",
            "a, b",
            "<>",
        )
        subjects = ("", "x" * 2000, "=?x?b?=", "\u202eevil", "Re:", "[#]", "[#x]")
        heads = (
            "Date: never\n",
            "Received: x; y\n",
            "Delivered-To: a@b\nDelivered-To: c@d\nDelivered-To: odoo@mx\n",
            "Resent-To: x@y\nResent-From: \nResent-Date: z\n",
            "Reply-To: <<>>\n",
            "Content-Disposition: attachment; filename=\n",
        )
        number = 0
        for sender in senders:
            for subject, head in zip(subjects, (*heads, ""), strict=True):
                number += 1
                with self.subTest(sender=sender[:9], subject=subject[:9], head=head):
                    case = self._send(
                        f"Words {number}",
                        sender=sender,
                        subject=subject,
                        head=head,
                        id_=f"odd{number}@b",
                    )
                    self.assertEqual(len(case), 1)
                    self.assertIn(f"Words {number}", case.description)
        self.assertFalse(self.pending.search([]))

    def test_the_reader_is_not_asked_twice(self):
        with patch.object(apart, "read", wraps=apart.read) as read:
            self._send()
        self.assertEqual(read.call_count, 1)
