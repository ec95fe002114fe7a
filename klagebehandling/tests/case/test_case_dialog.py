import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

NAME = "Sølvi Bråthenskog"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestCaseDialog(ComplaintCase):
    """What holds for every dialog that opens on a case, those to come included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Two who may open every dialog there is: they work cases and keep identities.
        custodian = cls.env.ref("klagebehandling.group_custodian")
        (cls.leader | cls.director).group_ids = [Command.link(custodian.id)]
        cls.case = cls._register_full()
        norway = cls.env.ref("base.no").id
        cls.level = cls.env["complaint.protection"].create(
            {"name": "Level", "country_id": norway}
        )
        cls.models = cls._concrete("complaint.case.dialog")

    @classmethod
    def _concrete(cls, mixin):
        names = cls.env.registry.descendants([mixin], "_inherit")
        return sorted(name for name in names if not cls.env.registry[name]._abstract)

    @classmethod
    def _register_full(cls):
        """A case with something of all that a dialog can open on."""
        content = base64.b64encode(b"hei").decode()
        case = cls._register(
            anonymity="protected",
            parties=[{"role": "complainant", "kind": "participant", "name": NAME}],
            attachments=[{"name": "a.txt", "content": content}],
        )
        cls.env["complaint.correspondence"].create(
            {"case_id": case.id, "body": "<p>Hello</p>"}
        )
        cls.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "is_outsider": True}
        )
        cls.env["complaint.referral"].create(
            {"case_id": case.id, "kind": "body", "recipient": "The county"}
        )
        meeting = cls.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-11-01 09:00:00", "place": "Room 2"}
        )
        meeting.action_hold()
        cls.env["complaint.minutes"].create({"meeting_id": meeting.id})
        case.action_investigate()
        case.with_user(cls.worker).action_request_identity("To answer.")
        return case

    def _opened(self, name, case=None):
        """What a dialog opens on, of a case."""
        model = self.env[name]
        rows = self.env[model._fields[model._opens_on].comodel_name]
        case = case or self.case
        if rows._name == case._name:
            return case
        return rows.search([("case_id", "=", case.id)], limit=1)

    def _values(self, name, opened, user):
        """What a dialog needs, apart from what has a default."""
        model = self.env[name]
        plain = {"text": "x", "char": "x", "date": "2030-01-01"}
        values = {
            key: plain[field.type]
            for key, field in model._fields.items()
            if field.required and not field.compute and field.type in plain
        }
        if name == "complaint.identity.ask":
            values["pseudonym_id"] = opened.sudo().pseudonym_ids.id
        if name == "complaint.case.protect":
            values["protection_id"] = self.level.id
        return {**values, model._opens_on: opened.id}

    def _open(self, name, user, case=None):
        opened = self._opened(name, case)
        self.assertTrue(opened.with_user(user).has_access("read"), name)
        values = self._values(name, opened, user)
        return self.env[name].with_user(user).create(values)

    def _add_subject(self, user):
        self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "subject", "user_id": user.id}
        )

    def _answer(self, name, user, id_, call):
        """What is answered about an id, apart from the id itself."""
        self.env.invalidate_all()
        known = self._opened(name)
        values = self._values(name, known, user)
        values[self.env[name]._opens_on] = id_
        try:
            with self.env.cr.savepoint():
                answer = call(self.env[name].with_user(user), values)
        except Exception as error:  # noqa: BLE001 the kind of error is the answer
            answer = f"{type(error).__name__}: {error}"
        return str(answer).replace(str(id_), "ID")

    def test_every_dialog_that_names_something_of_a_case_is_one_of_these(self):
        self.assertGreaterEqual(len(self.models), 10)
        # An act opens it, nothing is done in it, and it closes itself.
        look = "complaint.identity.reveal"
        walled = set(self._concrete("complaint.walled"))
        for name, model in self.env.registry.items():
            if name.startswith("complaint.") and model._transient:
                fields = model._fields.values()
                names_case = any(field.comodel_name in walled for field in fields)
                with self.subTest(model=name):
                    self.assertIn(name, self._concrete("complaint.dialog"))
                    is_one = name in (*self.models, look)
                    self.assertEqual(names_case, is_one)

    def test_case_that_one_may_not_see_is_refused_like_one_that_never_was(self):
        calls = {
            "create": lambda dialogs, values: dialogs.create(values).id,
            "defaults": lambda dialogs, values: dialogs.with_context(
                **{f"default_{key}": value for key, value in values.items()}
            ).default_get([*values]),
            "onchange": lambda dialogs, values: dialogs.onchange(
                values, [], {key: {} for key in values}
            ),
        }
        self._add_subject(self.leader)
        for name in self.models:
            hidden = self._opened(name)
            for label, call in calls.items():
                with self.subTest(model=name, call=label):
                    answers = {
                        self._answer(name, self.leader, id_, call)
                        for id_ in (hidden.id, hidden.id + 10**6)
                    }
                    self.assertEqual(len(answers), 1, answers)
                    self.assertIn("AccessError", answers.pop())

    def test_dialog_is_not_turned_to_a_case_that_one_may_not_see(self):
        other = self._register_full()
        self._add_subject(self.leader)
        for name in self.models:
            with self.subTest(model=name):
                dialog = self._open(name, self.leader, other)
                opened = self._opened(name)
                with self.assertRaises(AccessError):
                    dialog.write({dialog._opens_on: opened.id})

    def test_another_user_does_not_read_what_is_being_written(self):
        for name in self._concrete("complaint.dialog"):
            self.env[name].search([]).unlink()
        for name in self.models:
            with self.subTest(model=name):
                own = self._open(name, self.leader)
                others = self._open(name, self.director)
                found = self.env[name].with_user(self.leader).search([])
                self.assertEqual(found, own)
                with self.assertRaises(AccessError):
                    others.with_user(self.leader).read(["create_date"])
                own.read(["create_date"])

    def test_wall_that_grows_takes_every_open_dialog_away(self):
        other = self._register_full()
        lost = [self._open(name, self.leader) for name in self.models]
        kept = [self._open(name, self.leader, other) for name in self.models]
        kept += [self._open(name, self.director) for name in self.models]
        self._add_subject(self.leader)
        self.env.invalidate_all()
        for dialog in lost:
            self.assertFalse(dialog.sudo().exists(), dialog)
        for dialog in kept:
            self.assertTrue(dialog.sudo().exists(), dialog)

    def test_act_is_refused_to_who_lost_the_case_meanwhile(self):
        custodian = self.env.ref("klagebehandling.group_custodian")
        self.leader.group_ids = [Command.unlink(custodian.id)]
        names = [name for name in self.models if self.env[name]._needs == "write"]
        dialogs = [self._open(name, self.leader) for name in names]
        for dialog in dialogs:
            self.assertTrue(dialog._begin())
        self.case.handler_id = self.director
        self.workshop.manager_id = self.other_leader
        for dialog in dialogs:
            with self.subTest(model=dialog._name), self.assertRaises(AccessError):
                dialog._begin()

    def test_act_knows_no_default_of_the_dialog(self):
        dialog = self._open("complaint.case.end", self.leader)
        opened = dialog.with_context(default_case_id=1, tz="Asia/Tokyo")._begin()
        self.assertNotIn("default_case_id", opened.env.context)
        self.assertEqual(opened.env.context["tz"], "Asia/Tokyo")

    def test_user_comes_out_where_the_case_is_still_seen(self):
        dialog = self._open("complaint.case.end", self.leader)
        case = dialog._begin()
        self.assertEqual(dialog._finish(case)["type"], "ir.actions.act_window_close")
        self._add_subject(self.leader)
        self.env.invalidate_all()
        action = dialog._finish(case)
        self.assertEqual(action["res_model"], "complaint.case")
        self.assertFalse(action["res_id"])

    def test_name_of_a_dialog_tells_nothing(self):
        for name in self.models:
            dialog = self._open(name, self.leader)
            with self.subTest(model=name):
                model = self.env["ir.model"]._get(name)
                self.assertEqual(dialog.display_name, model.name)
