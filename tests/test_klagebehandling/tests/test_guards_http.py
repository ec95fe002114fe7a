from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.klagebehandling.tests.common import ComplaintCase


@tagged("post_install", "-at_install")
class TestGuardsHttp(ComplaintCase, HttpCase):
    """What guards the wall, tried with real logins as a browser's console would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "test_admin", groups="base.group_system")
        cls.leaf = cls.leader
        cls.case = cls._register(title="The broken lift")
        cls.addClassCleanup(cls.cr.postrollback.clear)

    def _call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
        )
        self.assertEqual(response.status_code, 200)
        return response.json()

    def _assert_refused(self, calls, kinds):
        for model, method, *args in calls:
            with self.subTest(model=model, method=method, args=args):
                answer = self._call(model, method, *args)
                self.assertIn("error", answer)
                self.assertIn(answer["error"]["data"]["name"], kinds)
                self.assertNotIn("The broken lift", str(answer))

    def test_an_administrator_without_code_is_refused(self):
        self.authenticate("test_admin", "test_admin")
        model = self.env["ir.model"]._get_id
        field = {"name": "x_peek", "field_description": "x", "ttype": "char"}
        users = {**field, "model_id": model("res.users")}
        case = {**field, "model_id": model("complaint.case")}
        action = {"name": "x", "model_id": model("complaint.case")}
        outsider = self.env["ir.model.fields"]._get("complaint.party", "is_outsider")
        self._assert_refused(
            (
                ("ir.model.fields", "create", [{**case, "related": "title"}]),
                (
                    "ir.model.fields",
                    "create",
                    [{**users, "ttype": "many2one", "relation": "complaint.case"}],
                ),
                (
                    "ir.default",
                    "create",
                    [{"field_id": outsider.id, "json_value": "true"}],
                ),
                ("ir.default", "set", "complaint.party", "is_outsider", True),
                (
                    "ir.actions.server",
                    "create",
                    [{**action, "state": "object_write", "update_path": "title"}],
                ),
                (
                    "ir.actions.server",
                    "create",
                    [{**action, "state": "webhook", "webhook_url": "https://x.test"}],
                ),
            ),
            {"odoo.exceptions.ValidationError"},
        )
        entries = self.env["complaint.company.journal"].search(
            [("event", "=", "customising_refused"), ("user_id", "=", self.admin.id)]
        )
        self.assertIn("ir.model.fields", [entry.payload["rule"] for entry in entries])
        self.assertIn("error", self._call("complaint.case", "search", []))

    def test_a_manager_writes_no_rule_and_no_line(self):
        self.authenticate(self.leaf.login, self.leaf.login)
        policy, unit = self.policy, self.workshop
        term, ground = policy.term_ids[0], self.env["complaint.category"].search([])[0]
        own = {"manager_id": self.leaf.id}
        self._assert_refused(
            (
                ("complaint.unit", "write", [unit.id], own),
                ("complaint.unit", "write", [self.kitchen.id], {"slug": "mine"}),
                ("complaint.unit", "write", [unit.id], {"deputy_id": self.leaf.id}),
                ("complaint.unit", "write", [unit.id], {"alias_name": "mine"}),
                ("complaint.unit", "create", [{"name": "Mine"}]),
                ("complaint.policy", "write", [policy.id], {"independent_id": 2}),
                ("complaint.policy", "action_put_in_force", [policy.id]),
                ("complaint.policy.term", "write", [term.id], {"amount": 900}),
                ("complaint.category", "write", [ground.id], {"is_urgent": False}),
                ("res.groups", "write", [1], {"user_ids": [(4, self.leaf.id)]}),
            ),
            {"odoo.exceptions.AccessError", "odoo.exceptions.UserError"},
        )
        self.assertEqual(unit.manager_id, self.leader)

    def test_a_manager_writes_the_members_of_the_own_unit(self):
        self.authenticate(self.leaf.login, self.leaf.login)
        values = {"member_ids": [(4, self.employee.id)]}
        answer = self._call("complaint.unit", "write", [self.workshop.id], values)
        self.assertTrue(answer.get("result"), answer)
