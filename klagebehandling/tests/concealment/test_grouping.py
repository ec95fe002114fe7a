from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_attached import AttachedCase


@tagged("post_install", "-at_install")
class TestGrouping(AttachedCase):
    """Who may not read a field groups no rows by it."""

    def _group(self, user, model, name):
        rows = self.env[model].with_user(user)
        return rows.formatted_read_group([], [name], ["__count"])

    def test_nobody_groups_by_whom_the_wall_keeps_out(self):
        self._add_subject(self.employee)
        for model, name in (
            ("complaint.case", "barred_user_ids"),
            ("complaint.case", "walled_user_ids"),
            ("complaint.case.report", "walled_user_ids"),
            ("complaint.deadline", "case_id.barred_user_ids"),
            ("complaint.review.figure", "withheld_user_ids"),
        ):
            for ask in (
                self._group,
                lambda user, model, name: (
                    self.env[model]
                    .with_user(user)
                    .formatted_read_grouping_sets([], [[name], []], ["__count"])
                ),
            ):
                with (
                    self.subTest(model=model, name=name),
                    self.assertRaises(AccessError),
                ):
                    ask(self.auditor, model, name)

    def test_what_is_read_is_grouped(self):
        self.case.category_ids = self.env["complaint.category"].search([], limit=1)
        groups = self._group(self.auditor, "complaint.case", "category_ids")
        found = [one["category_ids"] for one in groups]
        self.assertTrue(any(found))

    def test_no_closed_field_of_any_model_is_grouped_by(self):
        # The auditor reads the most models, and may write none.
        for model in self.env.values():
            rows = model.with_user(self.auditor)
            if not rows._auto or rows._abstract or not rows.has_access("read"):
                continue
            for name, field in rows._fields.items():
                is_closed = not rows._has_field_access(field, "read")
                if field.type == "many2many" and field.store and is_closed:
                    with (
                        self.subTest(model=model._name, name=name),
                        self.assertRaises(AccessError),
                    ):
                        self._group(self.auditor, model._name, name)
