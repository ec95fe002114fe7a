from datetime import datetime

import pytz

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

WEEKDAYS = [
    Command.create(
        {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 16}
    )
    for day in range(5)
]


class ComplaintCase(TransactionCase):
    """A small organisation: management, two departments, one procedure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Verkstedet AS"})
        cls._create_users()
        cls.calendar = cls._create_calendar("NO", "Europe/Oslo")
        cls.policy = cls._create_policy("test_no")
        cls._create_units()
        cls.intake = cls.env["complaint.intake"].with_company(cls.company)

    @classmethod
    def _create_users(cls):
        cls.director = cls._create_user("director", "group_manager")
        cls.leader = cls._create_user("leader", "group_manager")
        cls.worker = cls._create_user("worker", "group_handler")
        cls.other_leader = cls._create_user("other_leader", "group_manager")
        cls.independent = cls._create_user("independent", "group_independent")
        cls.custodian = cls._create_user("custodian", "group_custodian")
        cls.auditor = cls._create_user("auditor", "group_auditor")
        cls.owner = cls._create_user("owner", "group_procedure")
        cls.registrar = cls._create_user("registrar", "group_registrar")
        cls.delegate = cls._create_user("delegate", "group_delegate")
        cls.approver = cls._create_user("approver", "group_disposal_approver")
        cls.employee = cls._create_user("employee")

    @classmethod
    def _quieten_the_rest(cls):
        """Leave the clock and the queue nothing but what the test makes."""
        cls.env.cr.execute("UPDATE complaint_deadline SET next_at = NULL")
        cls.env.cr.execute(
            "UPDATE complaint_correspondence SET state = 'draft' WHERE state = 'queued'"
        )
        cls.env.invalidate_all()

    @classmethod
    def _create_user(cls, login, group=None):
        groups = f"klagebehandling.{group}" if group else "base.group_user"
        return new_test_user(
            cls.env,
            f"test_{login}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_calendar(cls, country, tz, **values):
        return cls.env["resource.calendar"].create(
            {
                "name": f"Working days {country}",
                "tz": tz,
                "company_id": False,
                "attendance_ids": [Command.clear(), *WEEKDAYS],
                "holiday_country_id": cls.env.ref(f"base.{country.lower()}").id,
                **values,
            }
        )

    @classmethod
    def _create_policy(cls, code, **values):
        return cls.env["complaint.policy"].create(
            {
                "name": "Procedure for complaints",
                "code": code,
                "lang": "en_US",
                "tz": "Europe/Oslo",
                "calendar_id": cls.calendar.id,
                "independent_id": cls.independent.id,
                "company_id": cls.company.id,
                "term_ids": [
                    cls._term("acknowledge", 10, "day"),
                    cls._term("inform_staff", 14, "day"),
                    cls._term("close", 1, "month", condition="no_external_parties"),
                ],
                "choice_ids": [
                    cls._kind("complaint"),
                    cls._kind("view"),
                    cls._kind("whistleblowing"),
                ],
                **values,
            }
        )

    @classmethod
    def _term(cls, milestone, amount, period, **values):
        return Command.create(
            {"milestone": milestone, "amount": amount, "period": period, **values}
        )

    @classmethod
    def _kind(cls, kind):
        return Command.create({"subject": "kind", "value": kind, "name": kind.title()})

    @classmethod
    def _create_units(cls):
        cls.management = cls._create_unit(
            "Management",
            manager_id=cls.director.id,
            policy_id=cls.policy.id,
            function="management",
        )
        cls.workshop = cls._create_unit(
            "Workshop",
            parent_id=cls.management.id,
            manager_id=cls.leader.id,
            member_ids=[Command.set(cls.worker.ids)],
        )
        cls.kitchen = cls._create_unit(
            "Kitchen", parent_id=cls.management.id, manager_id=cls.other_leader.id
        )

    @classmethod
    def _create_unit(cls, name, **values):
        return cls.env["complaint.unit"].create(
            {"name": name, "company_id": cls.company.id, **values}
        )

    @classmethod
    def _register(cls, **values):
        """Register through the door and return the case, as the superuser."""
        result = cls.intake.register(
            {
                "unit_id": cls.workshop.id,
                "channel": "web",
                "title": "Cold food",
                "description": "The food is cold.",
                "parties": [
                    {
                        "role": "complainant",
                        "kind": "participant",
                        "name": "Kari Nordmann",
                        "email": "kari@example.com",
                    }
                ],
                **values,
            }
        )
        return cls.env["complaint.case"].browse(result["case_id"])

    @classmethod
    def _authorise(cls, case):
        """Have each representative of a case show a valid authorisation."""
        speakers = case.party_ids.filtered(lambda one: one.role == "representative")
        since = {"case_id": case.id, "valid_from": "2020-01-01"}
        rows = [{**since, "party_id": one.id} for one in speakers]
        cls.env["complaint.authorisation"].create(rows)
        return case

    @classmethod
    def _deadline(cls, case, milestone):
        return case.deadline_ids.filtered(
            lambda deadline: deadline.milestone == milestone
        )

    @classmethod
    def _deliver(cls, case):
        """Have all that waits leave now, as the queue and colleagues would."""
        letters = case.sudo().correspondence_ids
        letters.filtered(lambda one: one.state == "queued")._mark_sent("Delivered")

    @staticmethod
    def _utc(text, tz):
        """A local time as naive UTC, computed apart from the addon."""
        local = pytz.timezone(tz).localize(datetime.fromisoformat(text))
        return local.astimezone(pytz.utc).replace(tzinfo=None)
