import json

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import AFTER, TODAY, InspectionCase


@tagged("post_install", "-at_install")
class TestInspectionAccount(InspectionCase, HttpCase):
    """Sessions and keys of an inspector end at the moment, over HTTP (M38)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.case = cls._register()
            cls.inspection = cls._open()
        cls.user = cls.inspection.sudo().user_id
        cls.user.password = "inspector of complaints"
        cls.key = (
            cls.env["res.users.apikeys"]
            .with_user(cls.user)
            .sudo()
            ._generate(None, "Key", "2036-11-12 12:00:00")
        )

    def _call(self, model, method, **values):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(values),
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
            },
        )

    def test_a_key_reads_until_the_moment_and_writes_nothing(self):
        model = "complaint.inspection.line"
        with freeze_time(TODAY):
            answer = self._call(model, "search_read", domain=[], fields=["reference"])
            self.assertEqual(
                [row["reference"] for row in answer.json()], [self.case.reference]
            )
            (row,) = answer.json()
            for method, values in (
                ("write", {"ids": [row["id"]], "vals": {"is_late": True}}),
                ("unlink", {"ids": [row["id"]]}),
                ("create", {"vals_list": [{}]}),
            ):
                refused = self._call(model, method, **values)
                self.assertEqual(refused.status_code, 403, method)
            refused = self._call("complaint.case", "search_read", domain=[])
            self.assertEqual(refused.status_code, 403)
        with freeze_time(AFTER):
            answer = self._call(model, "search_read", domain=[], fields=["reference"])
            self.assertIn(answer.status_code, (401, 403))
            self.assertNotIn(self.case.reference, answer.text)

    def test_a_session_ends_at_the_moment(self):
        with freeze_time(TODAY):
            self.authenticate(self.user.login, "inspector of complaints")
            self.assertTrue(self._session_uid())
        with freeze_time(AFTER):
            self.assertFalse(self._session_uid())

    def _session_uid(self):
        answer = self.make_jsonrpc_request
        try:
            return answer("/web/session/get_session_info", {})["uid"]
        except Exception:  # noqa: BLE001 whatever the refusal is called
            return None
