from odoo.fields import Command

from ..common import ComplaintCase


class InvestigationCase(ComplaintCase):
    """A procedure with same-day rules, and two laws of which one follows the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {
                "country_id": cls.env.ref("base.no").id,
                "urgency_ids": [
                    Command.create({"sign": "has_danger", "name": "Is it over?"}),
                    Command.create(
                        {
                            "sign": "concerns_child",
                            "name": "Is the child safe?",
                            "receiver": "manager",
                        }
                    ),
                ],
            }
        )
        cls.old_law = cls._law("Old act", valid_to="2025-06-30")
        cls.law = cls._law(
            "New act",
            valid_from="2025-07-01",
            is_sure=True,
            checked_on="2026-11-01",
            source_url="https://example.org/act",
        )
        cls.law.duty_ids = [
            Command.create({"name": "Report misconduct", "check_days": 0}),
            Command.create({"name": "Tell the police", "check_days": 3}),
        ]

    @classmethod
    def _law(cls, name, **values):
        country = cls.env.ref("base.no").id
        return cls.env["complaint.law"].create(
            {"name": name, "country_id": country, **values}
        )

    def _as(self, record, user=None):
        return record.with_user(user or self.leader)

    def _events(self, case):
        return case.journal_ids.mapped("event")
