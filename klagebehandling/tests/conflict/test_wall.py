# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestWall(ComplaintCase):
    """Whom the wall takes in, what it takes back, and that it gives no sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()
        cls.leader_case = cls.case.with_user(cls.leader)

    def _add_subject(self, user, case=None):
        return (
            self.env["complaint.party"]
            .with_user(self.director)
            .create(
                {
                    "case_id": (case or self.case).id,
                    "role": "subject",
                    "user_id": user.id,
                }
            )
        )

    def _answer(self, user, id_, call):
        """What a call answers about an id, apart from the id itself."""
        self.env.invalidate_all()
        try:
            answer = call(self.env["complaint.case"].with_user(user).browse(id_))
        except Exception as error:  # noqa: BLE001 the kind of error is the answer
            answer = f"{type(error).__name__}: {error}"
        return str(answer).replace(str(id_), "ID")

    def test_what_turns_out_to_be_whistleblowing_leaves_the_line(self):
        # M29
        self.leader_case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        self.leader_case.action_correct({"kind": "whistleblowing"}, "Read anew.")
        self.assertEqual(self.case.handler_id, self.independent)
        self.assertFalse(self.leader_case.has_access("read"))
        self.assertNotIn(self.leader, self.case.activity_ids.user_id)

    def test_denied_and_missing_get_the_same_answer(self):
        # M17
        self._add_subject(self.leader)
        never = self.case.id + 10**6
        dialog = self.env["complaint.case.compose"]
        calls = {
            "read": lambda case: case.read(["reference"]),
            "web_read": lambda case: case.web_read({"title": {}}),
            "attribute": lambda case: case.reference,
            "write": lambda case: case.write({"remedy": "x"}),
            "has_access": lambda case: case.has_access("read"),
            "exists": lambda case: bool(case.exists()),
            "action": lambda case: case.action_investigate(),
            "name behind a many2one": lambda case: case.env["mail.message"].onchange(
                {"model": case._name, "res_id": case.id},
                ["res_id"],
                {"record_name": {}},
            ),
            "default": lambda case: (
                dialog.with_env(case.env)
                .with_context(default_case_id=case.id)
                .default_get(["case_id"])
            ),
            "onchange": lambda case: dialog.with_env(case.env).onchange(
                {"case_id": case.id}, ["case_id"], {"case_id": {}, "kind": {}}
            ),
            "create": lambda case: (
                case.env["complaint.correspondence"].create({"case_id": case.id}).id
            ),
            "talk": lambda case: case.message_post(body="x"),
        }
        for user in (self.leader, self.worker):
            for name, call in calls.items():
                with self.subTest(user=user.login, call=name):
                    denied = self._answer(user, self.case.id, call)
                    self.assertEqual(denied, self._answer(user, never, call))
                    self.assertNotIn(self.case.reference, denied)

    def test_nothing_of_a_hidden_row_is_read_from_the_cache(self):
        # What the server read before in the same request is no way around the rules.
        message = self.case.with_user(self.director).message_post(body="Look")
        self._add_subject(self.leader)
        letter = self.env["complaint.correspondence"].create(
            {"case_id": self.case.id, "body": "Dear"}
        )
        rows = (self.case, letter, self.case.journal_ids[0], self.case.deadline_ids[0])
        for record in (*rows, self.case.party_ids[0], message):
            for names in (list(record._fields), ["display_name"], ["create_date"]):
                names = [
                    name
                    for name in names
                    if record.with_user(self.leader)._has_field_access(
                        record._fields[name], "read"
                    )
                ]
                record.read()
                with self.assertRaises(AccessError):
                    record.with_user(self.leader).read(names)
                with self.assertRaises(AccessError):
                    record.with_user(self.leader).web_read(dict.fromkeys(names, {}))

    def test_role_gets_no_titles_in_debug_mode(self):
        # Odoo's own error lists the names of what was refused.
        self.other_leader.group_ids += self.env.ref("base.group_no_one")
        with self.assertRaises(AccessError) as refusal:
            self.case.with_user(self.other_leader).read(["title"])
        self.assertNotIn("Cold food", str(refusal.exception))
        self.assertNotIn(self.case.reference, str(refusal.exception))

    def test_adding_a_subject_revokes_everything_at_once(self):
        message = self.case.with_user(self.director).message_post(
            body="Look at this", partner_ids=self.leader.partner_id.ids
        )
        own = self.leader_case.message_post(body="I did it")
        message.sudo().starred_partner_ids += self.leader.partner_id
        task = self.leader_case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        meeting = (
            self.env["calendar.event"]
            .with_user(self.leader)
            .create(
                {
                    "name": "Talk about it",
                    "start": "2026-11-03 09:00:00",
                    "stop": "2026-11-03 10:00:00",
                    "res_model_id": self.env["ir.model"]._get_id("complaint.case"),
                    "res_id": self.case.id,
                    "partner_ids": [Command.set(self.leader.partner_id.ids)],
                }
            )
        )
        file = self.env["ir.attachment"].create(
            {
                "name": "a.txt",
                "raw": b"x",
                "res_model": "complaint.case",
                "res_id": self.case.id,
                "access_token": "token",
            }
        )
        dialog = (
            self.env["complaint.case.compose"]
            .with_user(self.leader)
            .create({"case_id": self.case.id})
        )
        for record in (message, own, task, meeting, file, dialog):
            self.assertTrue(record.with_user(self.leader).has_access("read"), record)

        self._add_subject(self.leader)
        self.env.invalidate_all()

        self.assertEqual(self.case.handler_id, self.director)
        self.assertEqual(task.sudo().user_id, self.director)
        self.assertNotIn(self.leader.partner_id, message.sudo().partner_ids)
        self.assertNotIn(self.leader.partner_id, message.sudo().starred_partner_ids)
        self.assertFalse(
            message.sudo().notification_ids.filtered(
                lambda notice: notice.res_partner_id == self.leader.partner_id
            )
        )
        self.assertEqual(meeting.sudo().user_id, self.director)
        self.assertNotIn(self.leader.partner_id, meeting.sudo().partner_ids)
        self.assertFalse(file.access_token)
        self.assertFalse(dialog.exists())
        for record in (message, own, task, meeting, file):
            model = record.with_user(self.leader).browse()
            self.assertFalse(record.with_user(self.leader).has_access("read"), record)
            with self.assertRaises(AccessError):
                record.with_user(self.leader).read()
            self.assertFalse(model.search([("id", "=", record.id)]), record)
            self.assertTrue(record.with_user(self.director).has_access("read"), record)

    def test_reorganisation_takes_in_and_never_lets_out(self):
        # The leader could leave the line for the very purpose of seeing the case.
        case = self._register(about_manager=True)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)
        newcomer = self._create_user("newcomer", "group_handler")
        self.workshop.member_ids += newcomer
        self.assertIn(newcomer, case.walled_user_ids)
        self.workshop.with_user(self.owner).write(
            {"manager_id": self.other_leader.id, "member_ids": [Command.clear()]}
        )
        self.assertLessEqual(self.leader | self.worker, case.walled_user_ids)
        self.assertFalse(case.with_user(self.leader).has_access("read"))
        self.assertNotIn(self.owner, case.journal_ids.user_id)
        Journal = self.env["complaint.company.journal"]
        entry = Journal.search([("event", "=", "unit_changed")], order="id desc")[:1]
        self.assertEqual(entry.user_id, self.owner)
        self.assertEqual(entry.payload["unit"], self.workshop.id)
        self.assertEqual(entry.payload["fields"], ["manager_id", "member_ids"])

    def _ordinary_acts(self, case):
        """What is done in any case, each of which asked anew who stands behind it."""
        party = self.env["complaint.party"].with_user(self.director)
        witness = party.create({"case_id": case.id, "role": "witness"})
        yield "another person"
        witness.role = "staff"
        yield "another role"
        case.with_user(self.director).retaliation_of_id = self._register()
        yield "a link"
        case.with_user(self.director).retaliation_of_id = False
        yield "no link"
        right = {"unit_id": self.kitchen.id}
        case.with_user(self.director).action_correct(right, "It is the kitchen's.")
        yield "another unit"
        self._add_subject(self.other_leader, case)
        yield "another subject"
        case._subjects().with_user(self.director).role = "witness"
        yield "nobody complained about"

    def test_no_ordinary_act_after_a_reorganisation_lets_out(self):
        self._add_subject(self.leader)
        self.assertEqual(self.case.walled_user_ids, self.leader | self.worker)
        self.workshop.write({"manager_id": False, "member_ids": [Command.clear()]})
        for act in self._ordinary_acts(self.case):
            with self.subTest(act=act):
                walled = self.case.walled_user_ids
                self.assertLessEqual(self.leader | self.worker, walled)

    def test_recusal_keeps_out_whom_it_took_in(self):
        case = self._register()
        case.with_user(self.leader).action_recuse("She is my sister.")
        self.workshop.write({"manager_id": False, "member_ids": [Command.clear()]})
        case.with_user(self.director).action_recuse("He is my brother.")
        self.assertLessEqual(
            self.director | self.leader | self.worker, case.walled_user_ids
        )
        self.assertEqual(case.recused_user_ids, self.director | self.leader)

    def test_only_saying_whom_it_is_about_lets_out_and_the_journal_says_so(self):
        self._add_subject(self.leader)
        named = (
            self.env["complaint.party"]
            .with_user(self.director)
            .create({"case_id": self.case.id, "role": "subject", "name": "Torfinn"})
        )
        self.workshop.write(
            {"manager_id": self.other_leader.id, "member_ids": [Command.clear()]}
        )
        self.assertIn(self.worker, self.case.walled_user_ids)
        self.case.with_user(self.director).action_identify(None, named.id)
        self.assertEqual(self.case.walled_user_ids, self.leader)
        entry = self.case.journal_ids.sorted("sequence")[-1]
        self.assertEqual(entry.event, "wall_changed")
        self.assertEqual(entry.payload["let_out"], 2)
        self.assertIn("Let out: 2", entry.with_user(self.director).details)

    def test_part_of_whom_nothing_is_known_keeps_the_wall_of_the_others(self):
        grounds = self.env["complaint.category"].create(
            [{"name": "One", "code": "one"}, {"name": "Two", "code": "two"}]
        )
        case = self._register(categories=["one", "two"])
        part = case.browse(case.with_user(self.director).action_split(grounds[:1].ids))
        self._add_subject(self.leader, case)
        party = self.env["complaint.party"].with_user(self.director)
        party.create({"case_id": part.id, "role": "subject", "name": "Somebody"})
        named = party.create({"case_id": case.id, "role": "subject", "name": "Else"})
        self.workshop.write(
            {"manager_id": self.other_leader.id, "member_ids": [Command.clear()]}
        )
        case.with_user(self.director).action_identify(None, named.id)
        self.assertFalse(case.is_line_walled)
        self.assertIn(self.worker, case.walled_user_ids)

    def test_conflicts_are_not_edited(self):
        case = self._register(about_manager=True)
        mine = case.with_user(self.director)
        for values in (
            {"is_manager_known": True},
            {"recused_user_ids": [Command.clear()]},
            {"recused_user_ids": [Command.set(self.other_leader.ids)]},
            {"walled_user_ids": [Command.clear()]},
            {"about_manager": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                mine.write(values)
        mine.about_manager = True

    def test_subject_who_becomes_the_handlers_manager_is_kept_out_with_those_led(self):
        # M16: a superior's conflict is the subordinate's too (fvl § 6)
        self._add_subject(self.other_leader)
        self.assertEqual(self.case.handler_id, self.leader)
        self.workshop.parent_id = self.kitchen
        self.workshop.manager_id = False
        self.assertNotEqual(self.case.handler_id, self.leader)
        self.workshop.manager_id = self.worker
        self.kitchen.member_ids += self.leader
        self.assertIn(self.leader, self.case.walled_user_ids)
        self.assertIn(self.worker, self.case.walled_user_ids)

    def test_nobody_behind_the_wall_is_given_anything(self):
        self._add_subject(self.worker)
        manager = self.case.with_user(self.leader)
        with self.assertRaises(UserError):
            manager.handler_id = self.worker
        with self.assertRaises(UserError):
            manager.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.worker.id
            )
        task = manager.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        with self.assertRaises(UserError):
            task.user_id = self.worker
        with self.assertRaises(UserError):
            task.sudo().user_id = self.worker
        message = manager.message_post(body="x", partner_ids=self.worker.partner_id.ids)
        self.assertFalse(message.partner_ids)
        self.assertFalse(message.sudo().notification_ids)
        self.case.message_subscribe(self.worker.partner_id.ids)
        followers = self.env["mail.followers"]
        followers.create(
            {
                "res_model": "complaint.case",
                "res_id": self.case.id,
                "partner_id": self.worker.partner_id.id,
            }
        )
        self.assertFalse(self.case.message_follower_ids)
        self.assertFalse(followers.search([("res_model", "=", "complaint.case")]))

    def test_stand_in_receives_and_is_kept_out_as_the_manager_is(self):
        # leak test 6: a stand-in cannot be walled
        deputy = self._create_user("deputy", "group_manager")
        self.workshop.deputy_id = deputy
        self.assertEqual(self._register().handler_id, deputy)
        self.assertTrue(self.case.with_user(deputy).has_access("read"))
        about_deputy = self._register(
            parties=[{"role": "subject", "user_id": deputy.id}]
        )
        self.assertIn(deputy, about_deputy.walled_user_ids)
        self.assertEqual(about_deputy.handler_id, self.director)
        about_leader = self._register(
            parties=[{"role": "subject", "user_id": self.leader.id}]
        )
        self.assertIn(deputy, about_leader.walled_user_ids)
        self.assertEqual(about_leader.handler_id, self.director)

    def test_linked_cases_share_the_wall(self):
        grounds = self.env["complaint.category"].create(
            [{"name": "One", "code": "one"}, {"name": "Two", "code": "two"}]
        )
        case = self._register(categories=["one", "two"])
        child = case.browse(case.with_user(self.director).action_split(grounds[:1].ids))
        later = self._register(unit_id=self.kitchen.id)
        later.retaliation_of_id = case
        self._add_subject(self.leader, child)
        for linked in (case, child, later):
            self.assertIn(self.leader, linked.walled_user_ids)
        other = self._register(unit_id=self.kitchen.id)
        self.assertNotIn(self.leader, other.walled_user_ids)
        other.retaliation_of_id = child
        self.assertIn(self.leader, other.walled_user_ids)

    def test_linking_asks_for_what_the_writer_sees(self):
        hidden = self._register(about_manager=True)
        for id_ in (hidden.id, hidden.id + 10**6):
            with self.assertRaises(AccessError):
                self.leader_case.write({"retaliation_of_id": id_})

    def test_count_of_a_model_counts_what_one_sees(self):
        # base.group_system reads how many rows every table has
        self.leader.group_ids += self.env.ref("base.group_system")
        model = self.env["ir.model"]._get("complaint.case").with_user(self.leader)
        seen = self.env["complaint.case"].with_user(self.leader).search_count([])
        self.assertEqual(model.count, seen)
        self._register(about_manager=True)
        model.invalidate_recordset()
        self.assertEqual(model.count, seen)

    def test_chatter_is_for_colleagues_and_mails_no_content(self):
        # M60
        partner = self.env["res.partner"].create({"name": "Outside"})
        with self.assertRaises(UserError):
            self.leader_case.message_post(body="x", partner_ids=partner.ids)
        self.director.notification_type = "email"
        self.leader_case.message_post(
            body="Secret words", partner_ids=self.director.partner_id.ids
        )
        mail = self.env["mail.mail"].search([("recipient_ids", "!=", False)], limit=1)
        self.assertEqual(mail.recipient_ids, self.director.partner_id)
        for text in (mail.subject, str(mail.body_html)):
            self.assertNotIn("Secret", text)
            self.assertNotIn(self.case.reference, text)
            self.assertNotIn("Cold food", text)

    def test_every_model_behind_the_wall_has_its_rule(self):
        registry = self.env.registry
        for name in registry.descendants(["complaint.walled"], "_inherit"):
            if registry[name]._abstract:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("global", "=", True)]
            )
            wall = rules.filtered(lambda rule: "walled_user_ids" in rule.domain_force)
            self.assertEqual(len(wall), 1, name)
            self.assertTrue(wall.active, name)
