from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .leak_case import LeakCase
from .leak_world import CANARY, NOON, SUBJECTS

REFUSED = (AccessError, MissingError, UserError)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksActs(LeakCase):
    """Nobody walled gets anything of a case into their hands (law part 8, 3 to 6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._hide_known()
        cls.subject = cls.walled["subject_manager"]

    def _register_late(self):
        """A case of the workshop that its manager handles, before anybody is named."""
        return self._register(title=f"{CANARY} late", parties=[self._complainant()])

    def _name_subjects(self, case):
        parties = [dict(self._party(name), case_id=case.id) for name in SUBJECTS]
        self.env["complaint.party"].with_user(self.director).create(parties)

    # -- 5: who is walled is not assigned ---------------------------------------

    def test_walled_users_cannot_be_made_handlers(self):
        # A-08, M16
        for name, user in self.walled.items():
            with self.subTest(user=name), self.assertRaises(UserError):
                self.case.with_user(self.director).handler_id = user
        self.case.with_user(self.director).handler_id = self.worker
        self.assertEqual(self.case.handler_id, self.worker)

    def test_walled_users_cannot_be_given_a_task(self):
        for name, user in self.walled.items():
            with self.subTest(user=name):
                self._attempt(
                    lambda case, user=user: case.activity_schedule(
                        "mail.mail_activity_data_todo", user_id=user.id
                    ),
                    self.case.with_user(self.director),
                )
                self.assertNotIn(user, self._tasks(self.case).user_id)
        mine = self.case.with_user(self.director).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.director.id
        )
        self.assertIn(mine, self._tasks(self.case))

    def test_task_is_not_handed_over_to_a_walled_user(self):
        task = self.case.with_user(self.director).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.director.id
        )
        self._attempt(lambda task: task.write({"user_id": self.subject.id}), task)
        self.assertNotIn(self.subject, self._tasks(self.case).user_id)

    def _tasks(self, case):
        domain = [("res_model", "=", case._name), ("res_id", "=", case.id)]
        tasks = self.env["mail.activity"].with_context(active_test=False)
        return tasks.search(domain)

    # -- 6: nobody walled stands in for somebody --------------------------------

    def test_walled_deputy_does_not_receive(self):
        """Routing walks past a stand-in who is walled, wherever the field is kept."""
        if "deputy_id" not in self.env["complaint.unit"]._fields:
            self.skipTest("units have no deputies")
        self.management.deputy_id = self.subject
        for case in (self.case, self._register_late()):
            self.env["complaint.party"].create(
                dict(self._party("subject_manager"), case_id=case.id)
            )
            self.assertNotIn(case.handler_id, case.walled_user_ids)
            self.assertNotEqual(case.handler_id, self.subject)
            self.assertNotIn(self.subject, case._superior(0) | case._superior(5))

    def test_routing_never_ends_with_a_walled_user(self):
        # A-07, M16
        for about_manager in (False, True):
            case = self._register(
                about_manager=about_manager,
                parties=[self._complainant(), *self._subjects()],
            )
            self.assertTrue(case.handler_id)
            self.assertNotIn(case.handler_id, case.walled_user_ids)

    # -- mentioned, mailed, following -------------------------------------------

    def test_walled_users_are_not_reached_by_a_mention(self):
        people = sum(self.walled.values(), self.env["res.users"]).partner_id
        before = self._mail_count()
        self._attempt(
            lambda case: case.message_post(
                body=CANARY,
                partner_ids=people.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            ),
            self.case.with_user(self.director),
        )
        self._assert_out_of_reach(self.case, people)
        self.assertEqual(self._mail_count(), before)

    def test_who_works_the_case_is_reached_by_a_mention(self):
        """The test above can fail: a colleague who handles the case is mailed."""
        self.case.handler_id = self.worker
        self.case.with_user(self.director).message_post(
            body=CANARY,
            partner_ids=self.worker.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertIn(self.worker.partner_id, self.case.message_ids.partner_ids)
        mails = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mails.recipient_ids, self.worker.partner_id)

    def test_walled_users_do_not_follow(self):
        people = sum(self.walled.values(), self.env["res.users"]).partner_id
        for subscribe in ("message_subscribe", "_message_subscribe"):
            self._attempt(
                lambda case, name=subscribe: getattr(case, name)(people.ids),
                self.case,
            )
        self.assertFalse(self.case.message_follower_ids.partner_id & people)

    def _mail_count(self):
        return self.env["mail.mail"].search_count([])

    def _assert_out_of_reach(self, case, people):
        messages = case.message_ids
        self.assertFalse(messages.partner_ids & people)
        self.assertFalse(messages.starred_partner_ids & people)
        self.assertFalse(messages.notification_ids.res_partner_id & people)
        self.assertFalse(messages.mail_ids.recipient_ids & people)
        self.assertFalse(case.message_follower_ids.partner_id & people)
        self.assertFalse(self._tasks(case).user_id.partner_id & people)

    # -- @-completion ------------------------------------------------------------

    def test_completion_of_names_does_not_tell_who_may_see_a_case(self):
        """The same suggestions in every case, so that none of them tells of a wall."""
        Partner = self.env["res.partner"].with_user(self.subject)
        before = str(Partner.get_mention_suggestions("leak_"))
        self._name_subjects(self._register_late())
        self.env.invalidate_all()
        self.assertEqual(str(Partner.get_mention_suggestions("leak_")), before)
        self.assertNotIn(CANARY, before)

    # -- 3: bus, inbox and mail queue ---------------------------------------------

    def test_bus_inbox_and_queue_hold_nothing_for_walled_users(self):
        """After create, assign, comment, deadline run and the naming of a subject."""
        people = sum(self.walled.values(), self.env["res.users"])
        self.env.cr.precommit.run()
        self.env.cr.execute("DELETE FROM bus_bus")
        case = self._register(
            title=CANARY, parties=[self._complainant(), *self._subjects()]
        )
        case.with_user(self.director).handler_id = self.worker
        self._attempt(self._talk, case.with_user(self.director))
        self._attempt(self._plan, case.with_user(self.director))
        self.known = self.late = self.restricted = self.child = case
        self._pass_time(case)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self._assert_out_of_reach(case, people.partner_id)
        for channel, message in self._bus():
            for user in people:
                mine = f'"res.partner",{user.partner_id.id}]'
                self.assertNotIn(mine, channel, message)
            self.assertNotIn(CANARY, channel)
        self.assertTrue(case.journal_ids)

    def _pass_time(self, case):
        past = "2026-11-02 08:00:00"
        running = case.deadline_ids.filtered("is_open")
        running.write({"due_at": past, "next_at": past})
        running._escalate()
        self.assertTrue(case.deadline_ids.filtered("late_at"))

    def _bus(self):
        self.env.cr.execute("SELECT channel, message FROM bus_bus")
        return [(row[0].replace(" ", ""), row[1]) for row in self.env.cr.fetchall()]

    # -- 4: naming somebody later takes everything back ----------------------------

    def test_naming_a_subject_later_takes_everything_back(self):
        case = self._register_late()
        self.assertEqual(case.handler_id, self.subject)
        self._fill(case, is_open=True)
        self.assertTrue(self._tasks(case).user_id & case.handler_id)
        self._name_subjects(case)
        self.env.flush_all()
        self.env.invalidate_all()
        self._assert_nothing_left(case)

    def test_reorganisation_takes_everything_back(self):
        """Somebody complained about becomes the manager of a unit: its people too."""
        case = self._register(
            unit_id=self.kitchen.id,
            title=CANARY,
            parties=[
                self._complainant(),
                {"role": "subject", "name": "C", "user_id": self.employee.id},
            ],
        )
        self.assertEqual(case.handler_id, self.other_leader)
        self._talk(case.with_user(self.other_leader))
        self._plan(case.with_user(self.other_leader))
        self.kitchen.member_ids = self.worker
        self.kitchen.manager_id = self.employee
        self.kitchen.member_ids |= self.other_leader
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertLessEqual(
            self.employee | self.worker | self.other_leader, case.walled_user_ids
        )
        self._assert_nothing_left(case)

    def _assert_nothing_left(self, case):
        people = case.walled_user_ids
        self._assert_out_of_reach(case, people.partner_id)
        self.assertNotIn(case.handler_id, people)
        meetings = self.env["calendar.event"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertFalse(meetings.partner_ids & people.partner_id)
        self.assertFalse(meetings.user_id & people)
        scheduled = self.env["mail.scheduled.message"].search(
            [("model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertFalse(scheduled.partner_ids & people.partner_id)
        self.assertFalse(scheduled.create_uid & people)
        queued = case.message_ids.mail_ids.filtered(lambda m: m.state == "outgoing")
        for user in people:
            self.assertNotIn(user.email, queued.mapped("email_to"))
        registry = self.env.registry
        for model in registry.descendants(["complaint.case.dialog"], "_inherit"):
            if not registry[model]._abstract:
                dialogs = self.env[model].search([("case_id", "=", case.id)])
                self.assertFalse(dialogs.create_uid & people, model)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertFalse(any(files.mapped("access_token")))
