from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestChoice(PortalCase):
    """A-14, A-15: with the code one chooses between NAV and the management."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute(
            "UPDATE complaint_policy SET is_nav_partner = true WHERE id = %s",
            [self.policy.id],
        )
        self.env.invalidate_all()

    def _closed(self, outcome="unresolved", **values):
        receipt = self._send(unit_id=self.workshop.id, **{"name": "Kari", **values})
        case = self._case(receipt)
        case.with_user(case.handler_id).action_close(
            outcome=outcome, body="<p>We did not agree.</p>"
        )
        return self._code(receipt), case

    def _open(self, code):
        return self.url_open("/klage/status", data={"code": code})

    def _ways(self, page):
        inputs = self._form_to(page, "way").xpath(".//input[@type='radio']")
        return [one.get("value") for one in inputs]

    def test_one_chooses_nav_by_one_press(self):
        code, case = self._closed()
        page = self._open(code)
        self.assertEqual(self._ways(page), ["nav", "management"])
        self.assertFalse(
            self._form_to(page, "way").xpath(".//input[@type='radio'][@checked]"),
            "nobody chooses for the person",
        )
        done = self._post_act(page, "way", way="nav")
        self.assertEqual(done.status_code, 200)
        self.assertIn("sent to your caseworker at NAV", done.text)
        self.assertNotIn("/way?", done.text)
        self.assertEqual(
            (case.referral_ids.kind, case.referral_ids.consent), ("nav", "given")
        )
        # Pressed again on the page that is still open, nothing is done twice.
        again = self._post_act(page, "way", way="management")
        self.assertIn("You have told us that already.", again.text)
        self.assertEqual(len(case.referral_ids), 1)

    def test_management_takes_it_up(self):
        code, case = self._closed()
        page = self._post_act(self._open(code), "way", way="management", text="Again.")
        self.assertIn("The management takes it up.", page.text)
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.referral_ids.sent_by_id, case.handler_id.browse())

    def test_without_a_choice_what_was_typed_is_kept(self):
        code, case = self._closed()
        for way in ("", "second", "body", "x" * 500):
            page = self._post_act(self._open(code), "way", way=way, text="Kept words.")
            self.assertEqual(page.status_code, 422)
            self.assertIn("Choose to whom you want to take it.", page.text)
            self.assertIn("Kept words.", page.text)
        self.assertFalse(case.referral_ids)

    def test_who_is_anonymous_is_told_why_nav_is_not_offered(self):
        code, case = self._closed(anonymity="anonymous", name="")
        page = self._open(code)
        self.assertEqual(self._ways(page), ["management"])
        self.assertIn("first tell us further down who you are", page.text)
        refused = self._post_act(page, "way", way="nav")
        self.assertEqual(refused.status_code, 422)
        self.assertFalse(case.referral_ids)

    def test_municipal_place_is_told_why_nav_is_not_offered(self):
        #
        code, case = self._closed()
        case.place_type = "municipal"
        page = self._open(code)
        self.assertEqual(self._ways(page), ["management"])
        self.assertIn("NAV is no part of that", page.text)

    def test_it_is_not_offered_before_or_without_an_unresolved_end(self):
        receipt = self._send(unit_id=self.workshop.id)
        self.assertNotIn("/way?", self._open(self._code(receipt)).text)
        code, _case = self._closed("resolved")
        self.assertNotIn("/way?", self._open(code).text)

    def test_another_case_is_not_chosen_for(self):
        code, case = self._closed()
        other = self._closed()[1]
        page = self._open(code)
        self._post_act(page, "way", way="nav", reference=other.reference)
        self.assertFalse(other.referral_ids)
        self.assertEqual(case.referral_ids.kind, "nav")
