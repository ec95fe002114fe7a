# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.retention.common import TODAY, RetentionCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDisposed(RetentionCase):
    """Figures are the same before and after a disposal (C-25, M36)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ended("not_upheld")
        cls._ended("resolved")
        cls.case.lesson = "Keep it warm"
        cls.env["complaint.action"].create(
            {"case_id": cls.case.id, "name": "Warm", "due_on": "2024-02-01"}
        ).with_user(cls.leader).action_done("Warm now")
        report = cls.env["complaint.annual.report"].sudo()
        cls.report = report._open_for(cls.policy, 2024)

    def _rows(self, case=None):
        if case:
            return super()._rows(case)
        rows = self.env["complaint.case.report"].with_user(self.director)
        readable = [
            name
            for name, field in rows._fields.items()
            if field.store and rows._has_field_access(field, "read")
        ]
        return rows.search([], order="id").read(readable, load=None)

    def _year(self):
        self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint:
            counted = self.report._count(is_final=False)
            savepoint.rollback()
        return counted

    def test_facts_of_the_cases_are_the_same(self):
        before = self._rows()
        self.assertEqual(len(before), 3)
        self.assertTrue(any(row["has_lesson"] for row in before))
        for case in self.env["complaint.case"].browse(row["id"] for row in before):
            self._disposed(case)
            self.assertTrue(case.disposed_on)
        self.assertEqual(self._rows(), before)

    def test_figures_of_the_year_are_the_same(self):
        before = self._year()
        self.assertTrue(before)
        for case in self._proposed().case_id:
            self._disposed(case)
        self.assertEqual(self._year(), before)
