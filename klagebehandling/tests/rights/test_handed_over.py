from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..disclosure.test_access_request import TODAY
from .test_person_request import RightsCase

WITNESS = "Ola Hansen"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHandedOver(RightsCase):
    """Who gets no letter of the case, a witness, is handed the answer (M37)."""

    def _witness(self, **values):
        review = self._searched(person=WITNESS, **values)
        for document in review.document_ids:
            document.write({"is_included": document.name != "Own"})
        return self._give(review)

    def test_duty_runs_until_it_is_handed_over(self):
        review = self._witness()
        duty = review.sudo().deadline_id
        self.assertTrue(review.is_by_hand)
        self.assertFalse(review.sudo().letter_id)
        self.assertTrue(review.is_unsent)
        self.assertEqual(duty.state, "running")
        self.assertTrue(review.copy_file)
        review.action_sent()
        self.assertEqual(review.sent_on, date(2026, 11, 2))
        self.assertFalse(review.is_unsent)
        self.assertEqual(duty.state, "met")
        with self.assertRaises(UserError):
            review.action_sent()

    def test_where_it_goes_is_kept_until_then(self):
        review = self._witness(reply_to="Storgata 1")
        request = review.sudo().request_id
        request.with_user(self.clerk).action_answer()
        request.with_user(self.clerk).action_sent()
        with freeze_time("2027-06-01 09:00:00"):
            request._forget_contact()
            self.assertEqual(review.reply_to, "Storgata 1")
            review.action_sent()
        with freeze_time("2027-12-01 09:00:00"):
            request._forget_contact()
            self.assertFalse(request.contact_sealed)

    def test_who_complained_is_written_to_and_nothing_waits(self):
        review = self._give(self._searched())
        self.assertFalse(review.is_by_hand)
        self.assertFalse(review.is_unsent)
        with self.assertRaises(UserError):
            review.action_sent()
