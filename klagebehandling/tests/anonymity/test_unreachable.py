# What people say in a test is not translated.
# pylint: disable=translation-required
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCase

COUNTED = ("mail.mail", "res.partner", "sms.sms")


@tagged("post_install", "-at_install")
class TestUnreachable(ComplaintCase):
    """M09, M11, law.md 10: nobody can write to, or write down, who is anonymous."""

    def setUp(self):
        super().setUp()
        self._quieten_the_rest()
        self.sent = []
        self.startPatcher(
            patch.object(
                type(self.env["ir.mail_server"]),
                "send_email",
                lambda server, message, **kwargs: self.sent.append(message),
            )
        )
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
            )
        )
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(
                anonymity="anonymous", wants_reply=True, reply_channel="email"
            )
        self.person = self.case.party_ids

    def _count(self):
        return {
            model: self.env[model].with_context(active_test=False).search_count([])
            for model in COUNTED
            if model in self.env
        }

    def _live_through(self):
        """A life with delays by the clock, a bounce and tasks; ends closed."""
        case = self.case.with_user(self.leader)
        for user in (self.leader, self.worker):
            user.notification_type = "email"
        case.activity_schedule(
            "klagebehandling.mail_activity_type_promise", user_id=self.worker.id
        )
        case.message_post(
            body="Look at this.",
            partner_ids=self.worker.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        for moment in ("2026-11-10 09:00:00", "2026-11-20 09:00:00"):
            with freeze_time(moment):
                self.env["complaint.deadline"]._cron_keep()
                self.env["complaint.correspondence"]._cron_send()
        case.action_acknowledge()
        case.action_update("<p>We are looking.</p>")
        case.action_answer(body="<p>We bought a stove.</p>")
        case._write_to_complainant("message", "<p>Come by.</p>", "meeting")
        case.action_close("resolved")
        self.env["complaint.correspondence"]._cron_send()

    def test_a_whole_life_without_mail_partner_or_text_message(self):
        before = self._count()
        self._live_through()
        self.assertEqual(self._count(), before)
        self.assertFalse(self.sent)
        purposes = set(self.case.correspondence_ids.mapped("purpose"))
        self.assertLessEqual({"delay", "acknowledgement", "reply"}, purposes)
        mentioned = self.case.message_ids.partner_ids
        self.assertFalse(mentioned.filtered(lambda partner: partner.partner_share))

    def test_same_life_of_a_named_case_does_send(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register()
        before = self._count()
        self._live_through()
        self.assertGreater(self._count()["mail.mail"], before["mail.mail"])
        self.assertTrue(self.sent)

    def test_colleague_is_told_in_the_house_only(self):
        self.worker.notification_type = "email"
        message = self.case.with_user(self.leader).message_post(
            body="Look.", partner_ids=self.worker.partner_id.ids
        )
        notice = message.sudo().notification_ids
        self.assertEqual(notice.notification_type, "inbox")
        self.assertEqual(notice.res_partner_id, self.worker.partner_id)

    def test_outsider_is_told_nothing(self):
        outsider = self.env["res.partner"].create(
            {"name": "Kari", "email": "kari@example.com"}
        )
        for reached in (
            {"partner_ids": outsider.ids},
            {"outgoing_email_to": "kari@example.com"},
        ):
            with self.assertRaises(UserError):
                self.case.with_user(self.leader).message_post(
                    body="Dear Kari", **reached
                )
        self.assertFalse(self.env["mail.mail"].search([("res_id", "=", self.case.id)]))

    def test_mail_of_another_addon_is_refused(self):
        values = {"email_to": "kari@example.com", "body_html": "x"}
        link = {"model": "complaint.case", "res_id": self.case.id}
        with self.assertRaisesRegex(UserError, "anonymous"):
            self.env["mail.mail"].create({**values, **link})
        message = self.case.message_post(body="talk")
        with self.assertRaisesRegex(UserError, "anonymous"):
            self.env["mail.mail"].create({**values, "mail_message_id": message.id})
        self.assertTrue(self.env["mail.mail"].create(values))

    def test_nobody_else_says_who_it_is(self):
        person = self.person.with_user(self.leader)
        for values in (
            {"name": "Kari"},
            {"email": "kari@example.com"},
            {"phone": "99887766"},
            {"user_id": self.employee.id},
        ):
            with self.assertRaisesRegex(UserError, "nobody else can say"):
                person.write(values)
            for role in ("complainant", "witness", "representative"):
                with self.assertRaisesRegex(UserError, "nobody else can say"):
                    self.env["complaint.party"].with_user(self.leader).create(
                        {**values, "case_id": self.case.id, "role": role}
                    )
        self.assertFalse(self.case.party_ids.identity_sealed)

    def test_person_complained_about_is_named_and_does_not_become_the_complainant(self):
        subject = (
            self.env["complaint.party"]
            .with_user(self.leader)
            .create({"case_id": self.case.id, "role": "subject", "name": "Per"})
        )
        for role in ("complainant", "witness"):
            with self.assertRaisesRegex(UserError, "nobody else can say"):
                subject.sudo().role = role
        subject.sudo().role = "staff"

    def test_named_person_is_not_moved_into_an_anonymous_case(self):
        named = self._register().party_ids
        with self.assertRaisesRegex(UserError, "nobody else can say"):
            named.case_id = self.case

    def test_reply_channel_needs_no_address(self):
        case = self.case.with_user(self.leader)
        for channel in ("email", "sms", "phone", "letter", "social_media"):
            with self.assertRaisesRegex(UserError, "is anonymous"):
                case.reply_channel = channel
        case.reply_channel = "meeting"

    def test_draft_cannot_be_sent_by_mail(self):
        draft = (
            self.env["complaint.correspondence"]
            .with_user(self.leader)
            .create({"case_id": self.case.id, "body": "<p>x</p>"})
        )
        with self.assertRaisesRegex(UserError, "is anonymous"):
            draft.medium = "email"
        with self.assertRaisesRegex(UserError, "is anonymous"):
            draft.create({"case_id": self.case.id, "medium": "email"})

    def test_nobody_is_made_anonymous_again(self):
        named = self._register()
        for case in (named, named.with_user(self.leader)):
            with self.assertRaises(UserError):
                case.anonymity = "anonymous"

    def test_what_is_refused_does_not_tell_which_hidden_cases_are_anonymous(self):
        # M17: asked by somebody behind the wall, an id answers as one that never was
        person, case = self.person.id, self.case.id
        letter = (
            self.env["complaint.correspondence"].create(
                {"case_id": case, "body": "<p>x</p>"}
            )
        ).id
        self.case.walled_user_ids += self.leader
        self.env.invalidate_all()
        for model, id_, values in (
            ("complaint.party", person, {"name": "Kari"}),
            ("complaint.party", person, {"role": "subject"}),
            ("complaint.party", None, {"name": "Kari", "case_id": case}),
            ("complaint.case", case, {"reply_channel": "email"}),
            ("complaint.case", case, {"anonymity": "anonymous"}),
            ("complaint.case", case, {"handler_id": self.leader.id}),
            ("complaint.case", case, {"unit_id": self.workshop.id}),
            ("complaint.correspondence", letter, {"medium": "email"}),
            ("complaint.correspondence", None, {"medium": "email", "case_id": case}),
        ):
            with self.subTest(model=model, values=values):
                answers = {
                    self._refusal(model, id_ and id_ + shift, values, case, shift)
                    for shift in (0, 10**6)
                }
                self.assertEqual(len(answers), 1, answers)

    def _refusal(self, model, id_, values, case, shift):
        """What the leader is answered, of an id and of one that never was."""
        Model = self.env[model].with_user(self.leader)
        if "case_id" in values:
            values = {**values, "case_id": case + shift}
        with self.assertRaises(UserError) as refusal:
            if id_:
                Model.browse(id_).write(values)
            else:
                Model.create(values)
        self.env.invalidate_all()
        known = f"{type(refusal.exception).__name__}: {refusal.exception}"
        return known.replace(str(10**6 + (id_ or 0)), "ID").replace(str(id_), "ID")
