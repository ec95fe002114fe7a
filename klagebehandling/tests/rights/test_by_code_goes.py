from freezegun import freeze_time

from odoo.tests import tagged

from ..retention.common import TODAY, RetentionCase

CANARY = "Canary"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestByCodeGoes(RetentionCase):
    """What was asked by the code of a case is known by that case, and goes with it."""

    def _asked(self, case):
        reviews = case._ask_right("access", f"All about {CANARY}")
        reviews.write({"state": "answered", "answered_on": "2024-02-01"})
        reviews.deadline_id._meet()
        reviews[0]._end_request()
        return reviews.request_id

    def _is_left(self, request):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT t::text FROM complaint_access_request t WHERE id = %s", [request.id]
        )
        return CANARY in self.env.cr.fetchone()[0]

    def test_no_word_is_left_and_no_journal_tells_of_it(self):
        # C-25
        request = self._asked(self.case)
        self.assertTrue(self._is_left(request))
        self._disposed()
        self.assertFalse(self._is_left(request))
        entries = self.env["complaint.company.journal"].search([])
        self.assertNotIn(request.reference, str(entries.mapped("payload")))

    def test_it_is_kept_while_a_part_of_the_case_is(self):
        part = self._ended()
        part.parent_id = self.case
        request = self._asked(self.case)
        self.assertEqual(request.review_ids.case_id, self.case | part)
        self._disposed()
        self.assertTrue(self._is_left(request))
        self._disposed(part)
        self.assertFalse(self._is_left(request))

    def test_no_rule_for_requests_reaches_it(self):
        request = self._asked(self.case)
        self._rule(covers="request", years=1)
        due = self.env["complaint.access.request"].sudo()
        self.assertNotIn(request, due.search([("is_disposable", "=", True)]))
