from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestDialogue(ComplaintCase):
    """Letters in and out and notes as one stream."""

    def _dialogue(self, case, user=None):
        case.invalidate_recordset(["dialogue"])
        return html2plaintext(case.with_user(user or self.leader).dialogue)

    def test_stream_tells_all_in_order(self):
        # D-40
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(description="It is cold in the canteen.")
        with freeze_time("2026-11-03 09:00:00"):
            case.with_user(self.leader).action_acknowledge()
        with freeze_time("2026-11-04 09:00:00"):
            self.env["complaint.note"].with_user(self.leader).create(
                {"case_id": case.id, "body": "Called the caretaker."}
            )
            self.env["complaint.correspondence"]._receive(case, "Any news?")
            text = self._dialogue(case)
        told = ["It is cold", "Acknowledgement of receipt", "caretaker", "Any news?"]
        places = [text.index(words) for words in told]
        self.assertTrue(all(place >= 0 for place in places))
        self.assertEqual(places[:2], sorted(places[:2]))
        self.assertIn("Internal", text)

    def test_note_is_text_and_not_markup(self):
        case = self._register(description="<b>bold</b> & <script>x()</script>")
        self.env["complaint.note"].with_user(self.leader).create(
            {"case_id": case.id, "body": "<img src=x onerror=y()>"}
        )
        html = str(case.with_user(self.leader).dialogue)
        self.assertIn("&lt;script&gt;", html)
        self.assertNotIn("<img", html)

    def test_word_from_another_address_is_not_the_complainants(self):
        case = self._register()
        self.env["complaint.correspondence"]._receive(
            case, "I withdraw", is_from_elsewhere=True
        )
        self.assertIn("From another address", self._dialogue(case))
