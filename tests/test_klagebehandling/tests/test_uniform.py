from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling_example.organisations import company

from .common import ExampleCase

CHANNELS = ("web", "email", "phone", "letter", "paper_form", "meeting", "social_media")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 09:00:00")
class TestUniform(ExampleCase):
    """Whatever it is and however it comes, it is received and handled in one way."""

    def take_in(self, code, **values):
        intake = self.env["complaint.intake"].with_company(company(self.env, code))
        result = intake.register(
            {
                "policy": code,
                "description": "It was cold.",
                "kind": "complaint",
                "channel": "phone",
                "parties": [
                    {
                        "role": "complainant",
                        "kind": "resident",
                        "email": "kari@example.com",
                    }
                ],
                **values,
            }
        )
        return self.env["complaint.case"].browse(result["case_id"])

    def promises(self, case):
        return {row.milestone: row.due_on for row in case.deadline_ids}

    def test_every_channel_gets_the_same_promises_and_receiver(self):
        # E-06, E-25…E-31, E-59
        cases = [self.take_in("gislaved", channel=channel) for channel in CHANNELS]
        self.assertEqual(len({str(self.promises(case)) for case in cases}), 1)
        self.assertEqual(len({case.handler_id for case in cases}), 1)
        self.assertEqual([case.channel for case in cases], list(CHANNELS))

    def test_view_runs_on_the_same_clocks_and_is_investigated(self):
        # E-17, E-22, E-23, E-24
        complaint = self.take_in("gislaved")
        view = self.take_in("gislaved", kind="view")
        self.assertEqual(self.promises(view), self.promises(complaint))
        self.assertEqual(set(self.promises(view)), {"acknowledge", "reply"})
        view = view.with_user(view.handler_id)
        view.action_acknowledge()
        view.action_investigate()
        self.assertEqual(view.state, "investigating")

    def test_oral_complaint_gets_its_registry_number(self):
        # D-36, D-41, B-20
        case = self.take_in("robertsfors", channel="meeting")
        rows = self.env["complaint.registration"]
        while rows._number_next(case.company_id):
            pass
        row = rows.search([("case_id", "=", case.id)])
        self.assertEqual(row.registry_number, f"{row.year}-{row.number}")
        # D-41: where secrecy is the rule, the register says no more.
        self.assertFalse(row.sender or row.matter)
