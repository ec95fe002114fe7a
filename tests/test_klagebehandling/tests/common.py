import json

from odoo.tests import TransactionCase
from odoo.tools import file_open

from odoo.addons.klagebehandling_example.complaints import (
    complaint_lines,
    complaint_values,
)
from odoo.addons.klagebehandling_example.organisations import company, find

# After the last date of any line.
LATER = "2027-01-15 12:00:00"
MORE = "test_klagebehandling/complaints_more.jsonl"
# Who receives, as the records of the example are named; None: the unit's own manager.
PEOPLE = {
    "nearest_manager": None,
    "unit_manager": None,
    "management": "management",
    "head_of_social_services": "social",
    "head_of_administration": "administration",
    "decision_unit": "decision",
    "fault_reporting": "fault",
    "whistleblowing": "independent",
    "whistleblowing_function": "independent",
    "independent": "independent",
}
# In Gislaved each administration has a head of its own (E-66).
HEADS = {
    ("gislaved", "library"): "culture",
    ("gislaved", "streets"): "technical",
    ("gislaved", "homecare"): "social",
}


class ExampleCase(TransactionCase):
    """The five organisations, their people and the complaints of the two files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared_lines = complaint_lines()
        with file_open(MORE) as file:
            cls.own_lines = [json.loads(line) for line in file]
        cls.lines = cls.shared_lines + cls.own_lines

    def line(self, name):
        """The line with an id."""
        return next(line for line in self.lines if line["id"] == name)

    def accepted(self):
        return [line for line in self.lines if line["expected"]["accepted"]]

    def user(self, code, name):
        """A person of the organisation that follows a procedure."""
        return find(self.env, "user", code, name)

    def unit(self, code, name):
        return find(self.env, "unit", code, name)

    def door(self, line, channel):
        """The door as it is for who uses it: the public, or a receiving employee."""
        intake = self.env["complaint.intake"]
        intake = intake.with_company(company(self.env, line["policy"]))
        if channel == "web":
            return intake.with_user(self.env.ref("base.public_user")).sudo()
        return intake.with_user(self.user(line["policy"], "reception"))

    def register(self, line, **changes):
        """Register a line; ``changes`` replace values of the door."""
        values = complaint_values(line, self.env) | changes
        answer = self.door(line, values["channel"]).register(values)
        return self.env["complaint.case"].browse(answer["case_id"])

    def unit_name(self, line):
        """The name in the xmlid of the unit where a line happened."""
        unit = self.env["complaint.unit"].browse(
            complaint_values(line, self.env)["unit_id"]
        )
        return unit.get_external_id()[unit.id].rpartition("_")[2]

    def receiver(self, line):
        """Whom the expected routing of a line names."""
        unit, role = self.unit_name(line), line["expected"]["route_to"]
        name = PEOPLE[role] or unit
        if role == "head_of_administration":
            name = HEADS.get((line["policy"], unit), name)
        return self.user(line["policy"], name)

    def events(self, case):
        """What the journal of a case tells, first things first."""
        return case.journal_ids.sorted("sequence").mapped("event")

    def deadline(self, case, milestone):
        """The one row of a milestone that no later row replaces."""
        return case.deadline_ids.filtered(
            lambda deadline: deadline.milestone == milestone
        )[-1:]
