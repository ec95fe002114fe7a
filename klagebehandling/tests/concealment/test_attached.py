# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCase


class AttachedCase(ComplaintCase):
    """A case, and what Odoo's applications hang on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()
        cls.model_id = cls.env["ir.model"]._get_id(cls.case._name)
        cls.addClassCleanup(cls.cr.postrollback.clear)

    def _add_subject(self, user):
        values = {"case_id": self.case.id, "role": "subject", "user_id": user.id}
        self.env["complaint.party"].with_user(self.director).create(values)
        self.env.flush_all()
        self.env.invalidate_all()

    def _meet(self, user, people):
        return (
            self.env["calendar.event"]
            .with_user(user)
            .create(
                {
                    "name": "Talk about it",
                    "start": "2026-11-20 10:00:00",
                    "stop": "2026-11-20 11:00:00",
                    "res_model_id": self.model_id,
                    "res_id": self.case.id,
                    "partner_ids": [Command.set(people.partner_id.ids)],
                }
            )
        )

    def _say_later(self, user):
        return (
            self.env["mail.scheduled.message"]
            .with_user(user)
            .create(
                {
                    "author_id": user.partner_id.id,
                    "model": self.case._name,
                    "res_id": self.case.id,
                    "body": "<p>Later</p>",
                    "scheduled_date": "2026-12-24 10:00:00",
                }
            )
        )

    def _is_found(self, record, user):
        rows = record.with_user(user).browse()
        found = rows.search([("id", "=", record.id)])
        page = rows.search([("id", "=", record.id)], limit=1)
        self.assertEqual(found, page)
        return bool(found)

    def _assert_hidden(self, record, user):
        self.env.invalidate_all()
        self.assertFalse(self._is_found(record, user), record)
        with self.assertRaises(AccessError) as refusal:
            record.with_user(user).read()
        self.assertNotIn("complaint.case", str(refusal.exception))

    def _assert_seen(self, record, user):
        self.env.invalidate_all()
        self.assertTrue(self._is_found(record, user), record)
        self.assertTrue(record.with_user(user).read())


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAttached(AttachedCase):
    """Odoo's rows that hang on a case are for who works it (A-08, M17)."""

    def test_what_is_to_be_said_later_is_for_who_works_the_case(self):
        message = self._say_later(self.leader)
        for user in (self.leader, self.worker, self.director):
            self._assert_seen(message, user)
        # Odoo asks whether the case can be read: auditors do, and read no talk.
        for user in (self.auditor, self.custodian, self.other_leader, self.employee):
            self._assert_hidden(message, user)

    def test_refusal_of_what_is_said_later_does_not_name_its_document(self):
        message = self._say_later(self.leader).with_user(self.employee)
        for act in (message.unlink, lambda: message.write({"body": "x"})):
            with self.assertRaises(AccessError) as refusal:
                act()
            self.assertNotIn("complaint.case", str(refusal.exception))

    def test_followers_from_before_are_for_who_works_the_case(self):
        self.env.cr.execute(
            "INSERT INTO mail_followers (res_model, res_id, partner_id) "
            "VALUES (%s, %s, %s) RETURNING id",
            [self.case._name, self.case.id, self.worker.partner_id.id],
        )
        follower = self.env["mail.followers"].browse(self.env.cr.fetchone())
        self._assert_seen(follower, self.leader)
        for user in (self.auditor, self.other_leader, self.employee):
            self._assert_hidden(follower, user)

    def test_when_a_job_of_ours_is_called_is_for_nobody_to_read(self):
        admin = new_test_user(self.env, "test_admin", groups="base.group_system")
        jobs = self.env["ir.cron"].search([])
        ours = jobs.filtered(lambda job: job.model_id.model.startswith("complaint."))
        for job, is_seen in ((ours[0], False), ((jobs - ours)[0], True)):
            for model, values in (
                ("ir.cron.trigger", {"call_at": "2026-12-24 10:00:00"}),
                ("ir.cron.progress", {"remaining": 3}),
            ):
                row = self.env[model].create({"cron_id": job.id, **values})
                with self.subTest(model=model, job=job.name):
                    look = self._assert_seen if is_seen else self._assert_hidden
                    look(row, admin)

    def test_task_is_mailed_to_nobody(self):
        # M60
        self.worker.notification_type = "email"
        messages = self.env["mail.message"].search_count([])
        mails = self.env["mail.mail"].search_count([])
        task = self.case.with_user(self.leader).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.worker.id, summary="Look"
        )
        self.assertEqual(task.user_id, self.worker)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_task_keeps_the_name_of_its_case_whoever_has_it_computed(self):
        task = self.case.with_user(self.leader).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        known = task.res_name
        self.assertIn(self.case.reference, known)
        task.with_user(self.employee).sudo()._compute_res_name()
        self.assertEqual(task.res_name, known)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMeeting(AttachedCase):
    """A meeting on a case is told to nobody, and its talk is of the case."""

    def test_meeting_is_mailed_to_nobody(self):
        # M60
        self.director.notification_type = "email"
        messages = self.env["mail.message"].search_count([])
        mails = self.env["mail.mail"].search_count([])
        meeting = self._meet(self.leader, self.leader | self.director)
        self.env.flush_all()
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertFalse(meeting.sudo().message_ids)

    def test_meeting_has_no_followers(self):
        meeting = self._meet(self.leader, self.leader | self.director).sudo()
        self.assertFalse(meeting.message_follower_ids)
        meeting.message_subscribe(self.director.partner_id.ids)
        self.assertFalse(meeting.message_follower_ids)

    def test_talk_on_a_meeting_is_for_who_works_the_case_now(self):
        meeting = self._meet(self.leader, self.leader | self.director)
        message = meeting.message_post(body="I was there")
        self._assert_seen(message, self.leader)
        self._add_subject(self.leader)
        # Odoo lets the author keep it.
        self._assert_hidden(message, self.leader)
        self._assert_seen(message, self.director)

    def test_talk_on_a_hidden_meeting_disturbs_no_list_of_messages(self):
        meeting = self._meet(self.director, self.director)
        self._add_subject(self.leader)
        Message = self.env["mail.message"].with_user(self.leader)
        Message = Message.with_context(active_test=False)
        before = Message.search([])
        message = meeting.message_post(body="I was there")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(Message.search([]), before)
        self._assert_hidden(message, self.leader)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestNaming(AttachedCase):
    """Nothing is hung on a case by who does not see it, nor asked of it (M17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seen = cls._register()

    def _values(self, model, id_):
        """What names a document in a row: the model, and an id or a text of ids."""
        names = [
            next(one for one in names if one in model._fields)
            for names in model._naming_fields
        ]
        is_text = model._fields[names[1]].type in ("char", "text")
        return dict(
            zip(names, (self.case._name, f"[{id_}]" if is_text else id_), strict=True)
        )

    def _named(self):
        """The models whose rows name a document, as the subject uses them."""
        registry = self.env.registry
        models = registry.descendants(["complaint.pointing.document"], "_inherit")
        for name in sorted(models):
            fields = registry[name]._fields.keys()
            has_all = all(
                not fields.isdisjoint(names) for names in registry[name]._naming_fields
            )
            if has_all and not registry[name]._abstract:
                yield self.env[name].with_user(self.leader)

    def _own_rows(self):
        """Rows of a person that are not on a hidden case."""
        env = self.env(user=self.leader)
        yield env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        yield self.seen.with_env(env).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        yield env["mail.compose.message"].create(
            {"model": self.seen._name, "res_ids": repr(self.seen.ids)}
        )

    def _answer(self, act, id_):
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
            act(id_)
        return str(refusal.exception)

    def _assert_unknown(self, act):
        hidden, never = (
            self._answer(act, id_) for id_ in (self.case.id, self.case.id + 10**6)
        )
        self.assertEqual(hidden, never)

    def test_form_does_not_open_upon_a_hidden_case(self):
        self._add_subject(self.leader)
        models = list(self._named())
        self.assertIn("mail.compose.message", [model._name for model in models])
        for model in models:
            with self.subTest(model=model._name):
                self._assert_unknown(
                    lambda id_, model=model: model.with_context(
                        **{
                            f"default_{name}": value
                            for name, value in self._values(model, id_).items()
                        }
                    ).default_get([*model._fields])
                )

    def test_row_is_not_moved_to_a_hidden_case(self):
        rows = list(self._own_rows())
        self._add_subject(self.leader)
        for row in rows:
            with self.subTest(model=row._name):
                self._assert_unknown(
                    lambda id_, row=row: row.write(self._values(row, id_))
                )

    def test_nothing_is_hung_on_a_hidden_case(self):
        self._add_subject(self.leader)
        for model in self._named():
            # Nobody follows a case: of what is given, nothing is made.
            if model._name != "mail.followers":
                with self.subTest(model=model._name):
                    self._assert_unknown(
                        lambda id_, model=model: model.create(self._values(model, id_))
                    )
            with self.subTest(model=model._name, way="onchange"):
                self._assert_unknown(
                    lambda id_, model=model: model.onchange(
                        self._values(model, id_), [], {}
                    )
                )
