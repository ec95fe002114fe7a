import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCase

URL = "/json/2/complaint.intake/register"


@tagged("post_install", "-at_install")
class TestJson2(ComplaintCase, HttpCase):
    """The door as other systems reach it: Odoo's own JSON interface."""

    def _key(self, user):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "complaints", expires)

    def _post(self, body, user=None, key=None):
        key = key or self._key(user or self.employee)
        return self.url_open(
            URL,
            data=body if isinstance(body, (str, bytes)) else json.dumps(body),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def _values(self, **values):
        return {
            "unit_id": self.workshop.id,
            "channel": "api",
            "description": "The food is cold.",
            "submission_id": "f2c1",
            **values,
        }

    def test_another_system_registers(self):
        # E-44, E-59
        first = self._post({"values": self._values()})
        self.assertEqual(first.status_code, 200, first.text)
        answer = first.json()
        self.assertEqual(set(answer), {"case_id", "reference", "access_code"})
        case = self.env["complaint.case"].browse(answer["case_id"])
        self.assertEqual(case.description, "The food is cold.")
        self.assertEqual(self._post({"values": self._values()}).json(), answer)

    @mute_logger("odoo.http")
    def test_bad_input_is_told_and_nothing_is_stored(self):
        before = self.env["complaint.case"].search_count([])
        key = self._key(self.employee)
        for body in (
            {"values": self._values(channel="pigeon", title=5)},
            {"values": self._values(received_at="0000-00-00")},
            {"values": self._values(parties=[[]], attachments={"name": "x"})},
            {"values": self._values(description="x" * 1_100_000)},
            {"values": 5},
            {"values": None},
            {"values": [[]]},
            {"values": {}},
            {},
            {"values": self._values(), "other": 1},
            [],
            "not json",
            "",
            b"\xff\xfe",
            '{"values": ' * 3,
        ):
            with self.subTest(body=str(body)[:60]):
                response = self._post(body, key=key)
                self.assertIn(
                    response.status_code, range(400, 500), response.text[:300]
                )
        self.assertEqual(self.env["complaint.case"].search_count([]), before)

    @mute_logger("odoo.http")
    def test_problems_name_their_fields(self):
        response = self._post({"values": self._values(channel="pigeon", title=5)})
        self.assertIn("Channel", response.text)
        self.assertIn("Subject", response.text)
        # Not the class of its own: the web client would show it as a crash.
        self.assertEqual(response.json()["name"], "odoo.exceptions.ValidationError")

    @mute_logger("odoo.http")
    def test_internals_are_out_of_reach(self):
        key = self._key(self.employee)
        for method in ("_admit", "_read", "_register_forms", "create"):
            response = self.url_open(
                URL.replace("register", method),
                data="{}",
                headers={
                    "Authorization": f"bearer {key}",
                    "Content-Type": "application/json",
                },
            )
            self.assertIn(response.status_code, range(400, 500), method)

    @mute_logger("odoo.http")
    def test_portal_user_is_refused(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        keys = self.env["res.users.apikeys"].with_user(portal).sudo()
        expires = fields.Datetime.now() + timedelta(days=1)
        key = keys._generate("rpc", "x", expires)
        response = self._post({"values": self._values()}, key=key)
        self.assertEqual(response.status_code, 403, response.text[:200])
