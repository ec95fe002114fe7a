from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

ALARM = "klagebehandling.mail_activity_type_alarm"


class ReceiverCase(ComplaintCase):
    """An organisation that has a person to fall back on, not yet named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reserve = cls._create_user("reserve", "group_handler")

    @staticmethod
    def _subject(*users):
        return [{"role": "subject", "user_id": user.id} for user in users]

    def _readers(self, case):
        """Who can read the case, of all who work cases: asked one by one."""
        groups = ("handler", "independent")
        users = self.env["res.users"].union(
            *(
                self.env.ref(f"klagebehandling.group_{one}").all_user_ids
                for one in groups
            )
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return users.filtered(
            lambda user: user.active and case.with_user(user).has_access("read")
        )

    def _add_subject(self, case, user, by):
        return (
            self.env["complaint.party"]
            .with_user(by)
            .create({"case_id": case.id, "role": "subject", "user_id": user.id})
        )

    def _alarms(self):
        """The organisation's entries that nobody may receive, and the tasks."""
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=", "nobody_receives")]
        )
        tasks = self.env["mail.activity"].search(
            [("activity_type_id", "=", self.env.ref(ALARM).id)]
        )
        return entries, tasks

    def _route(self, case):
        entry = case.journal_ids.filtered(lambda entry: entry.event == "routed")
        return entry.payload["route"]

    def _notices(self, user):
        return self.env["mail.activity"].search(
            [
                ("user_id", "=", user.id),
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("klagebehandling.mail_activity_type_notice").id,
                ),
            ]
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestReceivers(ReceiverCase):
    """Who receives a case, at the door and when its receiver has to go."""

    def test_fallback_receives_what_concerns_the_independent_receiver(self):
        self.policy.fallback_id = self.reserve
        case = self._register(
            kind="whistleblowing", parties=self._subject(self.independent)
        )
        self.assertEqual(
            (case.handler_id, self._route(case)), (self.reserve, "fallback")
        )
        self.assertTrue(case.is_restricted)
        self.assertEqual(self._readers(case), self.reserve)

    def test_without_a_fallback_the_top_of_the_line_receives(self):
        case = self._register(
            kind="whistleblowing", parties=self._subject(self.independent)
        )
        self.assertEqual((case.handler_id, self._route(case)), (self.director, "top"))

    def test_the_top_is_the_highest_who_may_not_the_nearest(self):
        self.management.manager_id = False
        self.management.policy_id = self.policy
        above = self._create_unit(
            "Department", parent_id=self.management.id, manager_id=self.director.id
        )
        self.workshop.parent_id = above
        case = self._register(
            kind="whistleblowing", parties=self._subject(self.independent)
        )
        self.assertEqual(case.handler_id, self.director)

    def test_another_independent_receiver_comes_before_the_top(self):
        other = self._create_user("other_independent", "group_independent")
        case = self._register(
            kind="whistleblowing", parties=self._subject(self.independent)
        )
        self.assertEqual(case.handler_id, other)

    def test_who_could_not_read_the_case_is_passed_by(self):
        stranger = self._create_user("stranger", "group_manager")
        stranger.write(
            {
                "company_id": self.env.company.id,
                "company_ids": [Command.set(self.env.company.ids)],
            }
        )
        for person in (self.employee, self.auditor, stranger):
            with self.subTest(person=person.login):
                self.workshop.manager_id = person
                case = self._register()
                self.assertEqual(case.handler_id, self.director)
                self.assertIn(self.director, self._readers(case))
                self.policy.independent_id = person
                case = self._register(kind="whistleblowing")
                self.assertNotEqual(case.handler_id, person)
                self.assertIn(case.handler_id, self._readers(case))

    def test_closed_unit_has_nobody_in_charge(self):
        case = self._register()
        self.assertEqual(case.handler_id, self.leader)
        self.workshop.active = False
        self.assertEqual(
            self.workshop._responsible(self.env["res.users"]), self.director
        )

    def test_a_delay_is_handed_up_to_who_would_receive(self):
        # A stand-in who has no right to read cases is no superior either.
        self.management.deputy_id = self.employee
        case = self._register()
        self.assertEqual(case._superior(0), self.director)
        self.policy.fallback_id = self.reserve
        case = self._register(
            kind="whistleblowing", parties=self._subject(self.independent)
        )
        self.assertEqual(case._superior(0), self.reserve)

    def test_sensitive_case_is_given_on_from_where_its_line_starts(self):
        head = self._create_user("head", "group_manager")
        self.management.deputy_id = head
        case = self._register(categories=["coercion_rights"])
        self.assertEqual(case.handler_id, head)
        head.active = False
        self.assertEqual(case.handler_id, self.director)

    def test_newest_version_names_the_persons_of_the_older_ones(self):
        case = self._register(kind="whistleblowing")
        newer = self.policy.copy({"valid_from": date(2027, 1, 1)})
        newer.write(
            {"fallback_id": self.reserve.id, "change_reason": "Somebody stands in."}
        )
        newer.action_put_in_force()
        case.with_user(self.independent).action_recuse("She is my sister.")
        self.assertEqual(case.handler_id, self.reserve)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestReceiversRefusal(ReceiverCase):
    """An act in a case that would leave it to nobody is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The only one in the line is the director.
        cls.case = cls._register(parties=cls._subject(cls.director))

    def _facts(self, case):
        self.env.invalidate_all()
        return (
            case.handler_id,
            case.walled_user_ids,
            case.recused_user_ids,
            case.party_ids,
            case.unit_id,
            case.journal_count,
        )

    def assertRefused(self, act, case=None):
        case = case or self.case
        before = self._facts(case)
        # This one is rolled back, as a request is.
        with self.assertRaises(UserError) as refusal:
            act()
        self.assertIn("Name another receiver", str(refusal.exception))
        self.assertEqual(self._facts(case), before)

    def test_independent_receiver_cannot_step_back_where_nobody_is_left(self):
        mine = self.case.with_user(self.independent)
        self.assertRefused(lambda: mine.action_recuse("He is my brother."))
        self.policy.fallback_id = self.reserve
        mine.action_recuse("He is my brother.")
        self.assertEqual(self.case.handler_id, self.reserve)
        self.assertEqual(self._readers(self.case), self.reserve)

    def test_independent_receiver_is_added_as_subject(self):
        def add():
            self._add_subject(self.case, self.independent, self.independent)

        self.assertRefused(add)
        self.policy.fallback_id = self.reserve
        add()
        self.assertEqual(self._readers(self.case), self.reserve)

    def test_subject_who_is_identified_as_the_independent_receiver(self):
        case = self._register(
            parties=[
                *self._subject(self.director),
                {"role": "subject", "name": "Torfinn"},
            ]
        )
        self.assertEqual(case.handler_id, self.independent)
        named = case.party_ids.filtered(lambda party: not party.user_id)
        mine = case.with_user(self.independent)

        def identify():
            mine.action_identify(self.independent.id, named.id)

        self.assertRefused(identify, case)
        self.policy.fallback_id = self.reserve
        identify()
        self.assertEqual(self._readers(case), self.reserve)

    def test_party_becomes_a_subject(self):
        # As the door enters persons: the case may be assigned to one of them later.
        door = self.env["complaint.party"].with_context(complaint_intake=True)
        witness = door.create(
            {"case_id": self.case.id, "role": "witness", "user_id": self.independent.id}
        )
        mine = witness.with_user(self.independent)

        def turn():
            mine.role = "subject"

        self.assertRefused(turn)
        self.policy.fallback_id = self.reserve
        turn()
        self.assertEqual(self.case.handler_id, self.reserve)

    def test_report_the_independent_receiver_steps_back_from_goes_to_the_top(self):
        report = self._register(kind="whistleblowing")
        report.with_user(self.independent).action_recuse("She is my sister.")
        self.assertEqual(report.handler_id, self.director)
        self.assertTrue(report.is_restricted)
        self.assertEqual(self._readers(report), self.director)

    def test_handler_cannot_be_taken_from_who_reads_alone(self):
        self.policy.fallback_id = self.reserve
        self.case.with_user(self.independent).action_recuse("He is my brother.")
        mine = self.case.with_user(self.reserve)
        for other in (False, self.employee):

            def assign(other=other):
                mine.handler_id = other

            self.assertRefused(assign)
        other = self._create_user("colleague", "group_handler")
        mine.handler_id = other
        self.assertEqual(self._readers(self.case), other)

    def test_unit_without_readers_is_no_place_for_a_case(self):
        case = self._register()
        nowhere = self._create_unit("Nowhere", policy_id=self.policy.id)
        case.handler_id = False

        def move():
            right = {"unit_id": nowhere.id}
            case.with_user(self.director).action_correct(right, "It is elsewhere.")

        self.assertRefused(move, case)
        nowhere.manager_id = self.other_leader
        move()
        self.assertEqual(case.unit_id, nowhere)

    def test_case_becomes_whistleblowing_only_where_somebody_receives(self):
        case = self._register(
            parties=self._subject(self.independent, self.other_leader)
        )
        self.assertEqual(case.handler_id, self.leader)
        self.policy.fallback_id = self.reserve
        self._add_subject(case, self.reserve, self.leader)

        def report():
            right = {"kind": "whistleblowing"}
            case.with_user(self.leader).action_correct(right, "Read anew.")

        # A fallback is named: the report does not come back to the line.
        self.assertRefused(report, case)
        self.policy.fallback_id = self._create_user("third", "group_handler")
        report()
        self.assertEqual(case.handler_id, self.policy.fallback_id)

    def test_linked_case_is_not_left_to_nobody(self):
        report = self._register(kind="whistleblowing")
        other = self._register(parties=self._subject(self.independent, self.director))
        self.assertFalse(self._readers(other))

        def link():
            report.retaliation_of_id = other

        self.assertRefused(link, report)
        self.assertEqual(self._readers(report), self.independent)

    def test_part_that_nobody_could_read_is_not_split_off(self):
        case = self._register(
            categories=["food", "conduct_treatment"],
            parties=self._subject(self.director),
        )
        self.independent.write({"group_ids": [Command.clear()]})
        self.assertFalse(self._readers(case))
        self.assertFalse(case.handler_id)
        count = self.env["complaint.case"].search_count([])
        self.assertRefused(lambda: case.action_split(case.category_ids[:1].ids), case)
        self.assertEqual(self.env["complaint.case"].search_count([]), count)

    def test_acts_that_leave_a_reader_are_not_refused(self):
        case = self._register()
        case.with_user(self.leader).action_recuse("She is my sister.")
        case.with_user(self.director).handler_id = False
        self.assertEqual(self._readers(case), self.director)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestReceiversHandUp(ReceiverCase):
    """An act outside the cases gives on what it would leave to nobody."""

    def _give_roles_away(self, user):
        """The ways in which somebody no longer reads cases, each undone again."""
        groups = user.group_ids
        plain = self.env.ref("base.group_user")
        yield lambda: user.write({"active": False})
        user.active = True
        yield lambda: user.write({"group_ids": [Command.set(plain.ids)]})
        user.group_ids = groups
        ours = groups.filtered(
            lambda group: group.get_external_id()[group.id].startswith(
                "klagebehandling."
            )
        )
        yield lambda: ours.write({"user_ids": [Command.unlink(user.id)]})
        user.group_ids = groups
        away = {
            "company_id": self.env.company.id,
            "company_ids": [Command.set(self.env.company.ids)],
        }
        yield lambda: user.write(away)
        user.write(
            {
                "company_id": self.company.id,
                "company_ids": [Command.link(self.company.id)],
            }
        )

    def test_case_of_a_handler_who_can_no_longer_read_is_handed_up(self):
        for act in self._give_roles_away(self.leader):
            case, ended = self._register(), self._register()
            ended.action_close("no_finding")
            task = case.activity_schedule(
                "klagebehandling.mail_activity_type_news", user_id=self.leader.id
            )
            count = case.journal_count
            act()
            self.assertEqual(case.handler_id, self.director)
            self.assertFalse(case.is_restricted)
            entry = case.journal_ids.sorted("sequence")[count]
            self.assertEqual(entry.event, "handler_assigned")
            self.assertEqual(entry.user_id, self.env.ref("base.user_root"))
            self.assertEqual(task.user_id, self.director)
            self.assertIn(case.id, self._notices(self.director).mapped("res_id"))
            # The director reads what has ended.
            self.assertEqual(ended.handler_id, self.leader)

    def test_group_that_no_longer_implies_ours(self):
        team = self.env["res.groups"].create(
            {
                "name": "Team",
                "implied_ids": [
                    Command.link(self.env.ref("klagebehandling.group_manager").id)
                ],
            }
        )
        head = self._create_user("head")
        head.group_ids += team
        self.workshop.manager_id = head
        case = self._register()
        self.assertEqual(case.handler_id, head)
        team.implied_ids = [Command.clear()]
        self.assertEqual(case.handler_id, self.director)
        team.implied_ids = self.env.ref("klagebehandling.group_manager")
        other = self._register()
        self.assertEqual(other.handler_id, head)
        team.unlink()
        self.assertEqual(other.handler_id, self.director)

    def test_users_taken_from_the_company(self):
        self.leader.company_ids += self.env.company
        self.leader.company_id = self.env.company
        case = self._register()
        self.company.user_ids -= self.leader
        self.assertEqual(case.handler_id, self.director)

    def test_user_who_is_deleted(self):
        brief = self._create_user("brief", "group_manager")
        self.workshop.manager_id = brief
        case = self._register()
        self.assertEqual(case.handler_id, brief)
        brief.unlink()
        self.assertEqual(case.handler_id, self.director)

    def test_fallback_receives_from_the_independent_receiver_who_leaves(self):
        self.policy.fallback_id = self.reserve
        for act in self._give_roles_away(self.independent):
            case = self._register(kind="whistleblowing")
            self.assertEqual(case.handler_id, self.independent)
            act()
            self.assertEqual(case.handler_id, self.reserve)
            self.assertEqual(self._readers(case), self.reserve)

    def test_ended_case_is_given_on_when_nobody_reads_it(self):
        case = self._register(kind="whistleblowing")
        case.action_close("no_finding")
        self.policy.fallback_id = self.reserve
        self.independent.active = False
        self.assertEqual(case.handler_id, self.reserve)
        self.assertEqual(case.state, "closed")

    def test_reorganisation_gives_on(self):
        case = self._register(parties=self._subject(self.other_leader))
        self.assertEqual(case.handler_id, self.leader)
        self.policy.fallback_id = self.reserve
        self.kitchen.member_ids = self.director | self.independent
        self.workshop.parent_id = self.kitchen
        self.assertTrue(self._readers(case))
        self.assertNotIn(case.handler_id, case.walled_user_ids)

    def test_open_cases_of_a_closed_unit_go_up_the_line_with_a_task(self):
        mine, theirs, ended = (self._register() for _case in range(3))
        theirs.handler_id = self.worker
        ended.action_close("no_finding")
        report = self._register(kind="whistleblowing")
        task = theirs.activity_schedule(
            "klagebehandling.mail_activity_type_news", user_id=self.worker.id
        )
        self.workshop.active = False
        for case in (mine, theirs):
            self.assertEqual(case.handler_id, self.director)
            self.assertFalse(case.is_restricted)
        self.assertEqual(
            sorted(self._notices(self.director).mapped("res_id")),
            sorted((mine | theirs).ids),
        )
        self.assertEqual(task.user_id, self.director)
        self.assertEqual(ended.handler_id, self.leader)
        self.assertEqual(report.handler_id, self.independent)

    def test_cases_of_who_led_a_unit_without_manager_go_up_the_line(self):
        mine, theirs = self._register(), self._register()
        theirs.handler_id = self.worker
        self.workshop.manager_id = False
        self.assertEqual(mine.handler_id, self.director)
        self.assertEqual(self._notices(self.director).res_id, mine.id)
        self.assertFalse(mine.with_user(self.leader).has_access("read"))
        self.assertEqual(theirs.handler_id, self.worker)
        # A successor takes nothing from who works a case.
        other = self._register()
        other.handler_id = self.worker
        self.workshop.manager_id = self.leader
        self.workshop.manager_id = self.other_leader
        self.assertEqual(
            (mine.handler_id, other.handler_id), (self.director, self.worker)
        )

    def test_case_below_a_closed_unit_goes_past_who_led_it(self):
        bench = self._create_unit("Bench", parent_id=self.workshop.id)
        case = self._register(unit_id=bench.id)
        self.assertEqual(case.handler_id, self.leader)
        self.workshop.active = False
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.unit_id, bench)

    def test_who_is_in_charge_further_up_keeps_the_case(self):
        case = self._register()
        case.handler_id = self.director
        count = case.journal_count
        self.workshop.active = False
        self.assertEqual((case.handler_id, case.journal_count), (self.director, count))

    def test_where_the_line_ends_the_fallback_receives_from_a_closed_unit(self):
        self.policy.fallback_id = self.reserve
        alone = self._create_unit(
            "Annex", policy_id=self.policy.id, manager_id=self.other_leader.id
        )
        case = self._register(unit_id=alone.id, parties=self._subject(self.independent))
        self.assertEqual(case.handler_id, self.other_leader)
        alone.active = False
        self.assertEqual(case.handler_id, self.reserve)
        self.assertEqual(self._notices(self.reserve).res_id, case.id)

    def test_act_that_changes_no_reader_leaves_the_memory_alone(self):
        group = self.env["res.groups"].create({"name": "Choir"})
        self.registry.cache_invalidated.clear()
        group.user_ids = self.worker
        self.assertNotIn("default", self.registry.cache_invalidated)
        self.env.ref("klagebehandling.group_handler").user_ids -= self.worker
        self.assertIn("default", self.registry.cache_invalidated)
        self.assertFalse(self.worker.has_group("klagebehandling.group_handler"))

    def test_last_reader_in_the_line_leaves_it(self):
        case = self._register()
        case.handler_id = False
        self.policy.fallback_id = self.reserve
        self.workshop.member_ids = False
        self.workshop.write({"manager_id": False, "parent_id": False})
        self.assertEqual(case.handler_id, self.independent)
        self.assertTrue(case.is_restricted)

    def test_where_nobody_is_left_the_case_waits_and_auditors_are_alarmed(self):
        case = self._register(parties=self._subject(self.director))
        self.assertFalse(self._alarms()[0])
        self.independent.active = False
        self.assertFalse(case.handler_id)
        self.assertFalse(self._readers(case))
        entries, tasks = self._alarms()
        self.assertEqual((len(entries), tasks.user_id), (1, self.auditor))
        # It waits silently, whatever else changes,
        self.worker.active = False
        self.assertEqual(self._alarms(), (entries, tasks))
        # and it is taken up by whoever may receive it.
        self.independent.active = True
        self.assertEqual(case.handler_id, self.independent)

    def test_who_has_no_role_causes_no_question(self):
        with patch.object(type(self.env["complaint.case"]), "_hand_up") as hand_up:
            self.employee.active = False
            self.auditor.active = False
            self.leader.name = "Somebody"
            self.employee.group_ids += self.env.ref("base.group_no_one")
        hand_up.assert_not_called()

    def test_many_cases_are_given_on_at_once(self):
        def archive():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.leader.active = False
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        values = {"unit_id": self.workshop.id, "channel": "api", "description": "Hi"}
        self.intake._admit([dict(values) for _one in range(5)])
        few = archive()
        self.leader.active = True
        self.intake._admit([dict(values) for _one in range(55)])
        many = archive()
        cases = self.env["complaint.case"].search([("unit_id", "=", self.workshop.id)])
        self.assertEqual(len(cases), 60)
        self.assertEqual(cases.handler_id, self.director)
        self.assertLess(many - few, 50, f"{few} queries for 5 cases, {many} for 55")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestReceiversNobody(ReceiverCase):
    """What nobody may receive is registered, unread, and the auditors are alarmed."""

    def _nobody(self, **values):
        return self._register(
            parties=self._subject(self.director, self.independent), **values
        )

    def test_complaint_about_everybody_is_registered_and_alarms_without_content(self):
        case = self._nobody()
        self.assertFalse(case.handler_id)
        self.assertTrue(case.is_restricted)
        self.assertEqual(self._route(case), "nobody")
        self.assertFalse(self._readers(case))
        entries, tasks = self._alarms()
        self.assertEqual(len(entries), 1)
        self.assertFalse(entries.payload)
        self.assertFalse(entries.texts_digest)
        self.assertEqual(entries.user_id, self.env.ref("base.user_root"))
        self.assertEqual(tasks.user_id, self.auditor)
        self.assertFalse(tasks.res_model or tasks.res_id or tasks.note)
        self.assertNotIn(case.reference, str(tasks.read() + entries.read()))
        self.assertFalse(
            self.env["mail.mail"].search(
                [("recipient_ids", "in", self.auditor.partner_id.ids)]
            )
        )

    def test_alarm_is_for_auditors_only(self):
        # Whom the complaint is about may administer the system.
        self.director.group_ids += self.env.ref("base.group_system")
        self._nobody()
        entries, tasks = self._alarms()
        for user in (self.director, self.leader, self.independent, self.custodian):
            with self.subTest(user=user.login):
                seen = self.env["mail.activity"].with_user(user).search([])
                self.assertFalse(seen & tasks)
                self.assertFalse(tasks.with_user(user).has_access("read"))
                self.assertFalse(entries.with_user(user).has_access("read"))
        self.assertTrue(tasks.with_user(self.auditor).has_access("read"))
        self.assertTrue(entries.with_user(self.auditor).has_access("read"))

    def test_auditor_behind_the_wall_is_not_alarmed(self):
        second = self._create_user("second_auditor", "group_auditor")
        self._register(
            parties=self._subject(self.director, self.independent, self.auditor)
        )
        entries, tasks = self._alarms()
        self.assertEqual(tasks.user_id, second)
        self.assertFalse(entries, "an auditor behind the wall reads that journal too")

    def test_auditor_reads_it_in_words(self):
        self._nobody()
        entries, tasks = self._alarms()
        self.assertIn("nobody may receive", entries.event_label)
        self.assertIn("named in the procedure", tasks.summary)

    def test_named_receiver_gets_what_waited(self):
        case = self._nobody()
        self.policy.with_user(self.owner).fallback_id = self.reserve
        self.assertEqual(case.handler_id, self.reserve)
        self.assertEqual(self._readers(case), self.reserve)
        self.assertIn(case.id, self._notices(self.reserve).mapped("res_id"))
        other = self._nobody()
        self.assertEqual(other.handler_id, self.reserve)
        self.assertEqual(len(self._alarms()[0]), 1)

    def test_person_named_must_be_able_to_read(self):
        case = self._nobody()
        self.policy.fallback_id = self.employee
        self.assertFalse(case.handler_id)
        self.employee.group_ids += self.env.ref("klagebehandling.group_handler")
        self.assertEqual(case.handler_id, self.employee)

    def test_the_night_tells_of_an_anonymous_complaint(self):
        # M11: an entry of the same second would tell when somebody sat there.
        case = self._nobody(anonymity="anonymous")
        self.assertFalse(case.handler_id)
        self.assertFalse(self._alarms()[0])
        cron = self.env.ref("klagebehandling.ir_cron_alarm_auditors")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        entries, tasks = self._alarms()
        self.assertEqual((len(entries), tasks.user_id), (1, self.auditor))
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._alarms(), (entries, tasks))


@tagged("post_install", "-at_install")
class TestFallback(ReceiverCase):
    """The person named in the procedure, and the gap where nobody is."""

    def test_it_is_another_person_than_the_independent_receiver(self):
        with self.assertRaises(ValidationError):
            self.policy.fallback_id = self.independent
        self.policy.fallback_id = self.reserve
        with self.assertRaises(ValidationError):
            self.policy.independent_id = self.reserve
        self.policy.write(
            {"independent_id": self.reserve.id, "fallback_id": self.independent.id}
        )

    def test_it_changes_while_the_version_is_in_use_and_is_copied(self):
        self._register()
        self.policy.fallback_id = self.reserve
        self.assertTrue(self.policy.is_frozen)
        self.assertEqual(self.policy.copy().fallback_id, self.reserve)

    def test_only_the_owner_of_the_procedure_names_it(self):
        self.policy.with_user(self.owner).fallback_id = self.reserve
        for user in (self.director, self.worker, self.independent, self.auditor):
            with self.assertRaises(AccessError):
                self.policy.with_user(user).fallback_id = self.worker

    def test_gap_is_shown_where_it_is_missing(self):
        self.assertTrue(self.workshop.is_fallback_missing)
        self.policy.fallback_id = self.reserve
        self.env.invalidate_all()
        self.assertFalse(self.workshop.is_fallback_missing)
        for model, name in (
            ("complaint.policy", "fallback_id"),
            ("complaint.unit", "is_fallback_missing"),
        ):
            view = self.env[model].with_user(self.director).get_view(view_type="form")
            self.assertIn('name="alert_fallback"', view["arch"])
            self.assertIn(f'name="{name}"', view["arch"])
