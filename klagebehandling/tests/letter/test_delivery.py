from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestDelivery(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.sent, self.failing = [], False
        self.startPatcher(
            patch.object(
                type(self.env["ir.mail_server"]), "send_email", self._fake_send
            )
        )
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
            )
        )
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register()

    def _fake_send(self, message, **_kwargs):
        if self.failing:
            raise MailDeliveryException("Connection refused")
        self.sent.append(message)
        return message["Message-Id"]

    def _acknowledge(self, moment="2026-11-03 09:00:00", **values):
        with freeze_time(moment):
            self.case.with_user(self.leader).action_acknowledge(**values)
        return self.case.correspondence_ids[:1]

    def _run(self, moment):
        with freeze_time(moment):
            self.env["complaint.correspondence"]._cron_send()

    def _tasks(self):
        return self.env["mail.activity"].search([("res_id", "=", self.case.id)])

    def test_notice_has_no_content(self):
        # C-02, E-54, M60
        letter = self._acknowledge()
        self.assertEqual(letter.state, "queued")
        self._run("2026-11-03 09:01:00")
        self.assertEqual(letter.state, "sent")
        self.assertEqual(letter.proof, letter.message_id)
        (message,) = self.sent
        self.assertEqual(message["To"], "kari@example.com")
        text = f"{message.items()} {message.get_content()}"
        for secret in (
            "Kari Nordmann",
            "Cold food",
            self.case.reference,
            self.leader.name,
        ):
            self.assertNotIn(secret, text)
        self.assertIn("/klage/status", text)

    def test_message_id_tells_of_nobody_and_is_no_fact_for_auditors(self):
        letter = self._acknowledge()
        self._run("2026-11-03 09:01:00")
        own_id = letter.message_id
        self.assertRegex(own_id, r"^<[0-9a-f]{32}\.complaint@[\w.-]+>$")
        (entry,) = self.case.journal_ids.filtered(
            lambda one: one.event == "correspondence_sent"
        )
        self.assertEqual(entry.texts["proof"], own_id)
        self.assertNotIn(own_id, str(entry.payload))
        with self.assertRaises(AccessError):
            entry.with_user(self.auditor).read(["texts"])
        # It is no word for people; what a colleague entered is.
        self.assertFalse(entry.with_user(self.leader).note)
        entry._erase_texts()
        self.assertFalse(entry.texts)

    def test_notice_speaks_the_persons_language(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.case.lang = "sv_SE"
        letter = self._acknowledge()
        self.assertEqual(letter.lang, "sv_SE")

    def test_sent_twice_is_sent_once(self):
        self._acknowledge()
        self._run("2026-11-03 09:01:00")
        self._run("2026-11-03 09:02:00")
        self.assertEqual(len(self.sent), 1)

    def test_second_try_has_the_same_message_id(self):
        letter = self._acknowledge()
        first = letter._build_notice("kari@example.com")["Message-Id"]
        self.assertEqual(letter._build_notice("kari@example.com")["Message-Id"], first)
        other = letter.copy()
        self.assertNotEqual(other._stable_message_id(), first)

    def test_no_mail_is_stored_in_odoos_own_queue(self):
        before = self.env["mail.mail"].search_count([])
        self._acknowledge()
        self._run("2026-11-03 09:01:00")
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_office_hours_are_kept(self):
        letter = self._acknowledge("2026-11-03 20:30:00")  # 21:30 in Oslo
        self._run("2026-11-03 20:31:00")
        self.assertEqual(letter.state, "queued")
        self.assertEqual(letter.retry_at, datetime(2026, 11, 4, 6, 0))
        self._run("2026-11-04 05:59:00")
        self.assertEqual(letter.state, "queued")
        self._run("2026-11-04 06:00:00")
        self.assertEqual(letter.state, "sent")

    def test_office_hours_break_no_promise(self):
        letter = self._acknowledge("2026-11-12 20:30:00")  # the last evening
        self.case.deadline_ids.filtered(
            lambda row: row.milestone == "acknowledge"
        ).write({"state": "running", "met_on": False})
        self._run("2026-11-12 20:31:00")
        self.assertEqual(letter.state, "sent")

    def test_failing_server_is_tried_again_with_growing_pauses(self):
        letter = self._acknowledge()
        self.failing = True
        self._run("2026-11-03 10:00:00")
        self.assertEqual(letter.retry_at, datetime(2026, 11, 3, 10, 5))
        self._run("2026-11-03 10:04:00")
        self.assertEqual(letter.attempts, 1)
        self._run("2026-11-03 10:05:00")
        self.assertEqual(letter.retry_at, datetime(2026, 11, 3, 10, 35))
        self.failing = False
        self._run("2026-11-03 10:35:00")
        self.assertEqual(letter.state, "sent")

    def test_given_up_mail_goes_another_way(self):
        # M61
        self.case.party_ids.phone = "12345678"
        letter = self._acknowledge()
        self.failing = True
        for hour in range(10, 16):
            letter.retry_at = False
            self._run(f"2026-11-03 {hour}:00:00")
        self.assertEqual(letter.state, "failed")
        other = self.case.correspondence_ids.filtered("replaces_id")
        self.assertEqual((other.medium, other.state), ("phone", "queued"))
        self.assertEqual(other.body, letter.body)
        self.assertEqual(self._tasks().user_id, self.leader)

    def test_bounce_goes_another_way(self):
        # M61
        letter = self._acknowledge()
        self._run("2026-11-03 09:01:00")
        with freeze_time("2026-11-03 09:05:00"):
            self.env["mail.thread"]._routing_handle_bounce(
                None, {"bounced_msg_ids": [letter.message_id]}
            )
        self.assertEqual(letter.state, "failed")
        other = self.case.correspondence_ids.filtered("replaces_id")
        self.assertEqual((other.medium, other.state), ("portal", "sent"))
        self.assertIn("correspondence_failed", self.case.journal_ids.mapped("event"))

    def test_address_that_is_missing_goes_another_way(self):
        self.case.party_ids.email = False
        letter = self._acknowledge()
        self._run("2026-11-03 09:01:00")
        self.assertEqual(letter.state, "failed")
        self.assertFalse(self.sent)
        self.assertTrue(self.case.correspondence_ids.filtered("replaces_id"))

    def test_media_by_hand_are_a_task_and_a_proof(self):
        # E-54, E-58
        for medium in ("letter", "phone", "meeting", "sms", "social_media"):
            with freeze_time("2026-11-02 09:00:00"):
                self.case = self._register(reply_channel=medium)
            letter = self._acknowledge()
            self.assertEqual((letter.medium, letter.state), (medium, "queued"))
            self.assertEqual(self._tasks().user_id, self.leader)
            letter.with_user(self.leader).action_mark_sent("Talked at 10:15")
            self.assertEqual((letter.state, letter.proof), ("sent", "Talked at 10:15"))

    def test_proof_of_a_delivery_by_hand_is_asked_for(self):
        # C-02, E-58
        letter = self._acknowledge(medium="phone")
        prove = self.env["complaint.correspondence.prove"].with_user(self.leader)
        form = Form(prove.with_context(default_correspondence_id=letter.id))
        self.assertIn(self.case.reference, form.script)
        with self.assertRaises(AssertionError):
            form.save()
        form.proof = "Talked at 10:15"
        form.save().action_confirm()
        self.assertEqual((letter.state, letter.proof), ("sent", "Talked at 10:15"))
        with self.assertRaises(AccessError):
            prove.with_user(self.other_leader).create(
                {"correspondence_id": letter.id, "proof": "x"}
            )

    def test_text_message_goes_through_odoos_sms_where_it_is_paid_for(self):
        if "sms.sms" not in self.env:
            return  # the addon works without it: see the task by hand above
        self.case.party_ids.phone = "+47 99 88 77 66"
        self.env["ir.config_parameter"].set_param("klagebehandling.is_sms_sent", "True")
        texts = []

        def send(records, **_kwargs):
            texts.append((records.number, records.body))

        letter = self._acknowledge(medium="sms")
        self.assertEqual(letter.state, "queued")
        self.assertFalse(self._tasks())
        with patch.object(type(self.env["sms.sms"]), "send", send):
            self._run("2026-11-03 09:01:00")
        self.assertEqual(letter.state, "sent")
        ((number, text),) = texts
        self.assertEqual(number, "+47 99 88 77 66")
        self.assertNotIn(self.case.reference, text)
        self.assertFalse(self.env["sms.sms"].search([("number", "=", number)]))

    def test_nothing_is_mailed_for_an_anonymous_case(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(anonymity="anonymous")
        for medium in ("email", "sms", "phone", "letter", "social_media"):
            with self.assertRaisesRegex(UserError, "is anonymous"):
                self._acknowledge(medium=medium)
        letter = self._acknowledge()
        self.assertEqual(letter.medium, "portal")
        self.env.flush_all()
        # Were one queued all the same, the sender itself would not find an address.
        self.env.cr.execute(
            "UPDATE complaint_correspondence SET medium = 'email', state = 'queued', "
            "sent_at = NULL WHERE id = %s",
            [letter.id],
        )
        letter.invalidate_recordset()
        self._run("2026-11-03 09:01:00")
        self.assertFalse(self.sent)
        self.assertEqual(letter.state, "failed")
        self.assertEqual(
            self.case.correspondence_ids.filtered("replaces_id").medium, "portal"
        )

    def test_representative_is_written_to(self):
        self.env["complaint.party"].create(
            {
                "case_id": self.case.id,
                "role": "representative",
                "name": "Ola Advokat",
                "email": "ola@example.com",
            }
        )
        self._authorise(self.case)
        self._acknowledge()
        self._run("2026-11-03 09:01:00")
        self.assertEqual(self.sent[0]["To"], "ola@example.com")
