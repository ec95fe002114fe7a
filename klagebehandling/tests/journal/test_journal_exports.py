from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import JournalCase


@tagged("post_install", "-at_install")
class TestJournalExports(JournalCase):
    """What leaves in a file is entered, for each case and with its fields."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.walled = cls._register(about_manager=True)
        cls.exporters = cls.env.ref("klagebehandling.group_export")

    def test_an_export_is_entered_with_its_fields_and_without_values(self):
        self.leader.group_ids += self.exporters
        cases = self.cases.with_user(self.leader)
        cases.export_data(["reference", "title"])
        for case in self.cases:
            entry = self._entries(case, "exported")
            self.assertEqual(entry.user_id, self.leader)
            self.assertEqual(
                entry.payload,
                {"model": "complaint.case", "fields": ["reference", "title"]},
            )
            self.assertFalse(entry.texts)
        self.assertEqual(self._findings(), [])

    def test_an_export_of_parts_is_entered_once_for_each_case(self):
        self.leader.group_ids += self.exporters
        for model, field in (
            ("complaint.party", "name"),
            ("complaint.deadline", "due_on"),
            ("complaint.correspondence", "purpose"),
            ("complaint.journal", "event"),
        ):
            parts = self.env[model].search([("case_id", "in", self.cases.ids)])
            parts.with_user(self.leader).export_data([field])
            for case in parts.case_id:
                entry = self._entries(case, "exported")[-1]
                self.assertEqual(entry.payload["model"], model)
        self.assertEqual(len(self._entries(self.case, "exported")), 4)

    def test_a_large_export_asks_the_database_no_more(self):
        self.leader.write({"group_ids": [Command.link(self.exporters.id)]})
        cases = self.env["complaint.case"].union(
            *(self._register() for _one in range(30))
        )

        def queries(cases):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cases.with_user(self.leader).export_data(["reference"])
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(cases[:2])
        self.assertLessEqual(queries(cases), queries(cases[:2]) + 2)

    def test_the_right_to_export_contacts_is_not_that_to_export_cases(self):
        self.leader.group_ids += self.env.ref("base.group_allow_export")
        parts = self.env["complaint.party"].search([("case_id", "=", self.case.id)])
        for rows in (self.case, parts):
            with self.assertRaises(AccessError):
                rows.with_user(self.leader).export_data(["display_name"])
        self.env["res.partner"].with_user(self.leader).export_data(["name"])
        self.leader.group_ids += self.exporters
        self.case.with_user(self.leader).export_data(["reference"])

    def test_the_administrator_has_no_right_to_export_by_itself(self):
        self.leader.group_ids += self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self.case.with_user(self.leader).export_data(["reference"])

    def test_a_lost_export_right_is_refused_as_before(self):
        self.leader.group_ids -= self.exporters
        with self.assertRaises(AccessError):
            self.case.with_user(self.leader).export_data(["reference"])
        self.worker.group_ids += self.exporters
        with self.assertRaises(AccessError):
            self.walled.with_user(self.worker).export_data(["reference"])
