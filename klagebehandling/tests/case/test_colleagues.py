# What people say in a test is not translated.
# pylint: disable=translation-required
import json

from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestColleagues(ComplaintCase):
    """Talk about a case reaches who works it, and names nothing outside Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(title="The broken lift")
        (cls.director | cls.employee).notification_type = "inbox"

    def _notify(self, *users):
        """Address colleagues past ``message_post``, as other addons do."""
        message = self.case.with_user(self.leader).message_notify(
            partner_ids=[user.partner_id.id for user in users],
            body="Words among colleagues",
        )
        return message.sudo().notification_ids.res_partner_id

    def test_who_does_not_work_the_case_is_notified_of_nothing(self):
        notified = self._notify(self.employee, self.director)
        self.assertEqual(notified, self.director.partner_id)

    def test_who_stands_behind_the_wall_is_notified_of_nothing(self):
        self.case.sudo().walled_user_ids = self.director
        self.assertFalse(self._notify(self.director))

    def test_a_push_message_holds_no_word_of_the_case(self):
        message = self.case.with_user(self.leader).message_post(
            body="Words among colleagues"
        )
        payload = self.case._notify_by_web_push_prepare_payload(message)
        told = json.dumps(payload, default=str)
        for word in ("Words among", "broken lift", self.case.reference):
            self.assertNotIn(word, told)
