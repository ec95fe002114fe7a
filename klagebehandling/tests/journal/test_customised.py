import json

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCase

LEADING = "odoo.addons.klagebehandling.models.concealment.ir_model_fields"


@tagged("post_install", "-at_install")
class TestCustomised(ComplaintCase):
    """What a settings administrator builds without code opens no case (section 2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "test_admin", groups="base.group_system")
        cls.case = cls._register()
        cls.addClassCleanup(cls.cr.postrollback.clear)

    def _model(self, name):
        return self.env["ir.model"]._get_id(name)

    def _field(self, model="res.users", **values):
        return {
            "name": "x_peek",
            "field_description": "Peek",
            "model_id": self._model(model),
            "ttype": "char",
            "store": False,
            "readonly": True,
            **values,
        }

    def _create(self, model, values):
        return self.env[model].with_user(self.admin).create(values)

    def _assert_refused(self, model, values):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._create(model, values)

    def test_no_field_leads_into_a_case(self):
        for values in (
            self._field("complaint.case", related="title"),
            self._field("complaint.case", related="party_ids.name"),
            self._field("complaint.case", related="unit_id.name"),
            self._field("complaint.party", related="case_id.description"),
            self._field("res.partner", related="activity_ids.res_name"),
            self._field("res.partner", related="message_ids.subject"),
            self._field("complaint.unit", depends="x_case_id.title", compute="pass"),
            self._field("complaint.case", depends="title", compute="pass"),
            self._field(ttype="many2one", relation="complaint.case"),
            self._field(ttype="many2many", relation="complaint.case"),
            self._field(
                ttype="one2many",
                relation="complaint.case",
                relation_field="handler_id",
            ),
            self._field("complaint.unit", ttype="many2one", relation="complaint.party"),
            self._field(
                "res.partner",
                ttype="many2many",
                relation="res.users",
                relation_table="complaint_case_wall",
                column1="case_id",
                column2="user_id",
            ),
        ):
            with self.subTest(values=values):
                self._assert_refused("ir.model.fields", values)

    def test_nor_by_a_model_made_by_hand(self):
        pointer = {
            "name": "x_case_id",
            "field_description": "Case",
            "ttype": "many2one",
            "relation": "complaint.case",
        }
        reader = {
            "name": "x_title",
            "field_description": "Title",
            "ttype": "char",
            "related": "x_case_id.title",
        }
        values = {"name": "Peek", "model": "x_peek"}
        fields = [Command.create(pointer), Command.create(reader)]
        self._assert_refused("ir.model", {**values, "field_id": fields})

    def test_nor_is_a_plain_field_turned_into_one(self):
        field = self._create("ir.model.fields", self._field("complaint.case"))
        for changes in ({"related": "title"}, {"depends": "title", "compute": "pass"}):
            with self.assertRaises(ValidationError):
                field.with_user(self.admin).write(changes)

    def test_plain_fields_stay_possible(self):
        for model in ("complaint.case", "res.partner", "complaint.unit"):
            field = self._create("ir.model.fields", self._field(model, store=True))
            self.assertIn(field.name, self.env[model]._fields)
        user = self._field("res.partner", name="x_city", related="country_id.name")
        self._create("ir.model.fields", user)
        meeting = self._field("calendar.event", name="x_who", related="user_id.name")
        self._create("ir.model.fields", meeting)

    def test_what_was_built_before_shows_nothing(self):
        field = self._create("ir.model.fields", self._field("complaint.case"))
        self.env.cr.execute(
            "UPDATE ir_model_fields SET related = 'title' WHERE id = %s", [field.id]
        )
        with self.assertLogs(LEADING, "ERROR") as log:
            self.env.registry._setup_models__(self.env.cr, ["complaint.case"])
        self.assertIn("x_peek", str(log.output))
        case = self.env["complaint.case"].browse(self.case.id)
        self.assertFalse(case.with_user(self.auditor).read(["x_peek"])[0]["x_peek"])
        self.assertFalse(case.x_peek)

    def test_no_default_decides_about_a_case(self):
        for model, name, value in (
            ("complaint.party", "is_outsider", True),
            ("complaint.case", "anonymity", "open"),
            ("complaint.case.register", "anonymity", "open"),
            ("complaint.policy.term", "amount", 99),
        ):
            field = self.env["ir.model.fields"]._get(model, name)
            values = {"field_id": field.id, "json_value": json.dumps(value)}
            for owner in ({}, {"user_id": self.admin.id}):
                self._assert_refused("ir.default", {**values, **owner})
            Default = self.env["ir.default"].with_user(self.admin)
            with self.assertRaises(ValidationError):
                Default.set(model, name, value)

    def test_a_default_set_before_has_no_effect(self):
        field = self.env["ir.model.fields"]._get("complaint.party", "is_outsider")
        self.env.cr.execute(
            "INSERT INTO ir_default (field_id, json_value) VALUES (%s, 'true')",
            [field.id],
        )
        self.env.registry.clear_cache()
        default = self.env["ir.default"].search([("field_id", "=", field.id)])
        with self.assertRaises(ValidationError):
            default.with_user(self.admin).json_value = "false"
        party = self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "subject", "name": "Somebody"}
        )
        self.assertFalse(party.is_outsider)
        self.assertTrue(self.case.is_line_walled)

    def test_other_defaults_stay_possible(self):
        Default = self.env["ir.default"].with_user(self.admin)
        Default.set("res.partner", "city", "Bergen")
        self.assertEqual(Default._get("res.partner", "city"), "Bergen")

    def test_no_action_without_code_works_on_a_case(self):
        title = self.env["ir.model.fields"]._get("complaint.case", "reference")
        partner = self._model("res.partner")
        for model, values in (
            (
                "complaint.case",
                {
                    "state": "webhook",
                    "webhook_url": "https://example.com",
                    "webhook_field_ids": [Command.set(title.ids)],
                },
            ),
            (
                "complaint.party",
                {"state": "object_write", "update_path": "role", "value": "witness"},
            ),
            (
                "res.partner",
                {
                    "state": "object_create",
                    "crud_model_id": self._model("complaint.party"),
                },
            ),
            ("complaint.case", {"state": "next_activity"}),
        ):
            values = {"name": "Peek", "model_id": self._model(model), **values}
            with self.subTest(values=values):
                self._assert_refused("ir.actions.server", values)
        harmless = {"name": "Fine", "model_id": partner, "state": "webhook"}
        action = self._create("ir.actions.server", harmless)
        with self.assertRaises(ValidationError):
            action.model_id = self._model("complaint.case")

    def test_nor_does_a_job_of_that_kind(self):
        values = {
            "name": "Peek",
            "model_id": self._model("complaint.case"),
            "state": "webhook",
            "webhook_url": "https://example.com",
        }
        self._assert_refused("ir.cron", values)

    def test_the_attempt_stands_in_the_journal_of_the_organisation(self):
        journal = self.env["complaint.company.journal"]
        Fields = self.env["ir.model.fields"].with_user(self.admin)
        with self.assertRaises(ValidationError):
            Fields.create(self._field("complaint.case", related="title"))
        with self.enter_registry_test_mode():
            self.env.cr.postrollback.run()
        entries = journal.search([("event", "=", "customising_refused")])
        entry = entries.filtered(lambda one: one.company_id == self.company)
        self.assertEqual(entry.user_id, self.admin)
        self.assertEqual(entry.payload["rule"], "ir.model.fields")
        self.assertEqual(entry.payload["model"], "complaint.case")
