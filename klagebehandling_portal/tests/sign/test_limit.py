from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestLimit(PortalCase):
    """A limit of contact on the own page: it limits no complaint (M56)."""

    def _limited(self, **values):
        receipt = self._send(unit_id=self.workshop.id, **values)
        case = self._case(receipt)
        case.handler_id = self.worker
        self.env["complaint.conduct"].create({"case_id": case.id, "fact": "14 calls."})
        limit = self.env["complaint.conduct.limit"].create(
            {
                "case_id": case.id,
                "how": "We read on Mondays.",
                "reason": "14 calls in a day.",
                "until": case._today(),
                "proposed_by_id": self.worker.id,
            }
        )
        limit.with_user(self.leader).action_decide()
        self._deliver(case)
        return self._code(receipt), case, limit

    def _open(self, code):
        return self.url_open("/klage/status", data={"code": code})

    def test_person_reads_it_and_objects(self):
        code, case, limit = self._limited()
        page = self._open(code)
        self.assertIn("How we keep in contact for now", page.text)
        self.assertIn("We read on Mondays.", page.text)
        self.assertNotIn("14 calls.<", page.text)
        refused = self._post_act(page, "object")
        self.assertEqual(refused.status_code, 422)
        done = self._post_act(page, "object", text="I have no telephone.")
        self.assertIn("Your objection is noted.", done.text)
        self.assertEqual(limit.objection, "I have no telephone.")
        self.assertEqual(limit.reviewer_id, self.director)
        again = self._post_act(page, "object", text="Again")
        self.assertIn("You have told us that already.", again.text)
        self.assertEqual(limit.objection, "I have no telephone.")

    def test_limit_of_another_case_is_none(self):
        code, _case, limit = self._limited()
        _code, _case, other = self._limited()
        page = self._open(code)
        for forged in (str(other.id), "", "x", "-1", "9" * 30):
            answer = self._post_act(page, "object", limit=forged, text="No")
            self.assertEqual(answer.status_code, 422, forged)
        self.assertFalse(limit.objected_on or other.objected_on)

    def test_form_and_page_and_new_cases_work_as_ever(self):
        before = self._send(unit_id=self.workshop.id, name="Kari Nordmann")
        code, case, _limit = self._limited(name="Kari Nordmann")
        page = self._post_act(self._open(code), "write", text="I still write here.")
        self.assertIn("We have received it", page.text)
        after = self._send(unit_id=self.workshop.id, name="Kari Nordmann")
        self.assertEqual(after.status_code, before.status_code)
        again = self._open(self._code(after))
        self.assertNotIn("How we keep in contact", again.text)
        new = self._case(after)
        self.assertEqual(
            new.deadline_ids.mapped("milestone"),
            self._case(before).deadline_ids.mapped("milestone"),
        )
        self.assertFalse(new.limit_ids | new.conduct_ids.case_id.limit_ids)
