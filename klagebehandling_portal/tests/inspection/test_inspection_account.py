import json
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch
from xmlrpc.client import Fault

from freezegun import freeze_time

from odoo.http import SessionExpiredException
from odoo.service import security
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.bus.websocket import _wsrequest_stack
from odoo.addons.klagebehandling.tests.inspection.common import AFTER, TODAY

from .common import DESK, PASSWORD, InspectorCase

# What Odoo and other addons have for who is signed in.
PAGES = ("/", "/odoo", "/odoo/settings", "/my", "/my/home", "/my/account")
PAGES += ("/my/security", "/my/complaints", "/my/complaints/new")
MODELS = ("res.partner", "res.users", "mail.message", "complaint.case")
MODELS += ("complaint.inspection", "complaint.inspection.line", "ir.attachment")


@tagged("post_install", "-at_install")
class TestInspectionAccount(InspectorCase):
    """An inspector's account opens its own pages, until a moment: no other (M38)."""

    def _call(self, model, method, **values):
        """A call of a program, with a key that nobody could have made by hand."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user)
            .sudo()
            ._generate(None, "Key", "2036-11-12 12:00:00")
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(values),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )

    @freeze_time(TODAY)
    def test_signed_in_one_comes_to_the_list(self):
        answer = self._sign_in()
        self.assertEqual(answer.url.partition("?")[0], self.base_url() + DESK)
        self.assertIn(self.case.reference, answer.text)

    @freeze_time(TODAY)
    def test_every_other_page_leads_back_to_the_list(self):
        self._sign_in()
        for path in PAGES:
            with self.subTest(path=path):
                answer = self.url_open(path)
                self.assertEqual(answer.url.partition("?")[0], self.base_url() + DESK)

    @freeze_time(TODAY)
    def test_no_call_of_a_model_is_answered(self):
        self._sign_in()
        for model in MODELS:
            for method in ("search_read", "read_group", "name_search", "export_data"):
                with self.subTest(model=model, method=method):
                    params = {
                        "model": model,
                        "method": method,
                        "args": [],
                        "kwargs": {},
                    }
                    with (
                        self.assertRaises(JsonRpcException) as refused,
                        mute_logger("odoo.http"),
                    ):
                        self.make_jsonrpc_request("/web/dataset/call_kw", params)
                    self.assertIn("AccessDenied", str(refused.exception))

    @freeze_time(TODAY)
    @mute_logger("odoo.http")
    def test_no_key_and_no_program_comes_in(self):
        answer = self._call("complaint.inspection.line", "search_read", domain=[])
        self.assertIn(answer.status_code, (401, 403))
        self.assertNotIn(self.case.reference, answer.text)
        login = (self.env.cr.dbname, self.user.login, PASSWORD, {})
        self.assertFalse(self.xmlrpc_common.authenticate(*login))
        with self.assertRaises(Fault):
            self.xmlrpc_object.execute_kw(
                self.env.cr.dbname, self.user.id, PASSWORD, "res.partner", "read", [[1]]
            )

    @freeze_time(TODAY)
    def test_where_everybody_comes_an_inspector_is_nobody(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "own.txt", "raw": b"canary", "res_model": "res.partner"}
        )
        attachment.res_id = self.user.partner_id.id
        self._sign_in()
        for path in (
            f"/web/content/{attachment.id}",
            f"/web/content/ir.attachment/{attachment.id}/raw",
        ):
            with self.subTest(path=path):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn("canary", answer.text)

    @freeze_time(TODAY)
    def test_nothing_is_told_as_it_happens(self):
        sockets = self.env["ir.websocket"]
        for user, refused in ((self.user, True), (self.worker, False)):
            session = SimpleNamespace(uid=user.id)
            asked = SimpleNamespace(session=session, env=self.env(user=user.id))
            _wsrequest_stack.push(asked)
            self.addCleanup(_wsrequest_stack.pop)
            with (
                self.subTest(user=user.login),
                patch.object(security, "check_session", lambda *_args: True),
                self.assertRaises(SessionExpiredException)
                if refused
                else nullcontext(),
            ):
                sockets._authenticate()

    def test_the_session_ends_at_the_moment(self):
        with freeze_time(TODAY):
            self._sign_in()
            self.assertEqual(self.url_open(DESK).status_code, 200)
        with freeze_time(AFTER):
            for path in (DESK, f"{DESK}/{self.case.reference}", "/odoo"):
                answer = self.url_open(path)
                self.assertIn("/web/login", answer.url)
                self.assertNotIn(self.inspection.seed, answer.text)
        # The clock did not have to shut the account, and the session is gone for good.
        with freeze_time(TODAY):
            self.assertIn("/web/login", self.url_open(DESK).url)

    def test_nobody_signs_in_after_the_moment(self):
        with freeze_time(AFTER), mute_logger("odoo.addons.base.models.res_users"):
            answer = self._sign_in()
            self.assertIn("/web/login", answer.url)
            self.assertNotIn(DESK, answer.url)

    @freeze_time(TODAY)
    def test_another_password_ends_the_session(self):
        self._sign_in()
        self.assertEqual(self.url_open(DESK).url, self.base_url() + DESK)
        shown = self.inspection.with_user(self.administrator).action_password()
        self.assertIn(self.user.login, shown["params"]["message"])
        self.assertIn("/web/login", self.url_open(DESK).url)

    @freeze_time(TODAY)
    def test_a_page_of_an_inspector_is_missing_for_others(self):
        for user in (self.worker, self.director, self.owner, self.administrator):
            user.password = PASSWORD
            self.authenticate(user.login, PASSWORD)
            for path in (DESK, f"{DESK}/{self.case.reference}"):
                with self.subTest(user=user.login, path=path):
                    answer = self.url_open(path)
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn(self.case.reference, answer.text)
