from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.common import ComplaintCase

ADDON = Path(__file__).parents[1]
MOST_LINES = 60


@tagged("post_install", "-at_install")
class TestFax(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def _case(self, **person):
        complainant = {"role": "complainant", "name": "Kari Nordmann", **person}
        return self._register(
            channel="phone", reply_channel="fax", parties=[complainant]
        )

    def _acknowledge(self, case):
        case.with_user(self.leader).action_acknowledge()
        return case.correspondence_ids.filtered(
            lambda letter: letter.purpose == "acknowledgement"
        )

    def test_the_addon_is_small(self):
        sources = [*ADDON.glob("*.py"), *ADDON.glob("models/*.py")]
        lines = [line for path in sources for line in path.read_text().splitlines()]
        self.assertLessEqual(len(lines), MOST_LINES)

    def test_who_wants_a_fax_is_answered_by_fax(self):
        case = self._case(phone="22334455")
        letter = self._acknowledge(case)
        self.assertEqual((letter.medium, letter.state), ("fax", "queued"))
        self.assertTrue(letter.is_by_hand)
        self.assertFalse(letter.missing)
        task = case.activity_ids.filtered(lambda task: "Fax" in (task.summary or ""))
        self.assertEqual(task.user_id, self.leader)
        letter.with_user(self.leader).action_mark_sent("Report of the machine")
        self.assertEqual(
            (letter.state, letter.proof), ("sent", "Report of the machine")
        )

    def test_what_does_not_come_through_is_posted(self):
        case = self._case(phone="22334455", street="Fjellgata 12")
        letter = self._acknowledge(case)
        letter._mark_failed("No answer")
        following = case.correspondence_ids.filtered("replaces_id")
        self.assertEqual((following.medium, following.state), ("letter", "queued"))

    def test_without_an_address_it_is_published(self):
        case = self._case(phone="22334455")
        self._acknowledge(case)._mark_failed("No answer")
        self.assertEqual(
            case.correspondence_ids.filtered("replaces_id").medium, "portal"
        )

    def test_who_has_no_number_is_told_of_before_anything_is_sent(self):
        letter = self._acknowledge(self._case(email="kari@example.com"))
        self.assertEqual(letter.missing, "No phone number is known.")

    def test_nobody_faxes_who_is_anonymous(self):
        case = self._register(channel="web", anonymity="anonymous", parties=[])
        with self.assertRaises(UserError):
            case.with_user(self.leader).action_acknowledge(medium="fax")
