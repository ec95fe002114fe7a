from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestOtherSideLetters(ComplaintCase):
    """A letter to the person complained about is read by nobody else, and bare."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "user_id": cls.worker.id},
            ]
        )
        subject = cls.case.party_ids.filtered(lambda one: one.role == "subject")
        subject.write({"name": "Ola Kokk", "street": "Kokkegata 1"})
        cls.case.with_user(cls.leader).action_investigate()
        right = cls.case.right_ids.filtered(lambda one: one.kind == "inform")
        right.with_user(cls.leader).action_write(
            "<p>There is a complaint.</p>", "letter"
        )
        cls.letter = cls.case.correspondence_ids

    def test_complainant_never_reads_it(self):
        self.case.with_user(self.leader).action_update("<p>We are at it.</p>")
        self._deliver(self.case)
        self.assertEqual(self.letter.state, "sent")
        bodies = [str(letter["body"]) for letter in self.case._public_letters()]
        self.assertEqual(len(bodies), 1)
        self.assertNotIn("There is a complaint", str(bodies))

    def test_it_is_printed_to_the_person_without_the_case(self):
        values = self.letter.with_user(self.leader)._letter_values()
        self.assertEqual(values["recipient"][:2], ["Ola Kokk", "Kokkegata 1"])
        self.assertFalse(values["reference"] or values["registry_number"])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "klagebehandling_reports.complaint_correspondence_letter", self.letter.ids
        )
        for secret in (self.case.reference, self.case.registry_number, "Kari"):
            self.assertNotIn(secret, html.decode())
        self.assertIn("There is a complaint", html.decode())
