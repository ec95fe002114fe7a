from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .test_annual_report import NOW, AnnualCase

MODEL = "complaint.annual.report"
ACTS = (
    "action_count",
    "action_approve",
    "action_reopen",
    "action_publish",
    "action_correct",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAnnualReportOverHttp(HttpCase, AnnualCase):
    """The yearly report by the addresses of the client, with the login of each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.stranger = new_test_user(
            cls.env,
            "test_stranger",
            groups="klagebehandling.group_procedure,klagebehandling.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        cls.report = cls.env[MODEL].sudo()._open_for(cls.policy, 2026)
        cls.env.flush_all()

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _call(self, method, *args, **kwargs):
        params = {"model": MODEL, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    @mute_logger("odoo.http")
    def _refusal(self, method, *args, **kwargs):
        """What somebody is told who may not; none where it was done."""
        try:
            self._call(method, *args, **kwargs)
        except JsonRpcException as error:
            return str(error)
        return None

    def _state(self):
        self.env.invalidate_all()
        return self.report.state, self.report.summary

    def test_owner_writes_approves_and_publishes(self):
        # A-34, E-61
        self._login(self.owner)
        ids = self.report.ids
        self.assertIsNotNone(self._refusal("action_publish", ids), "not approved yet")
        self.assertIsNotNone(self._refusal("action_approve", ids), "nothing is written")
        self._call("web_save", ids, {"summary": "A quiet year."}, specification={})
        self.assertIsNotNone(self._refusal("write", ids, {"state": "published"}))
        self.assertIsNotNone(self._refusal("write", ids, {"data": {}}))
        self._call("action_approve", ids)
        self.assertEqual(self._state(), ("approved", "A quiet year."))
        self.assertIsNotNone(self._refusal("write", ids, {"summary": "Other."}))
        self._call("action_publish", ids)
        self.assertEqual(self._state()[0], "published")
        self.assertIsNotNone(self._refusal("action_publish", ids), "once")
        self.assertIsNotNone(self._refusal("unlink", ids))
        files = self.report.publication_id
        place = f"/web/content/complaint.publication/{files.id}"
        page = self.url_open(f"{place}/page_file")
        self.assertIn("A quiet year.", page.text)
        again = self.url_open(f"{place}/page_file")
        self.assertEqual(again.content, page.content)
        self._login(self.stranger)
        for name in ("page_file", "paper_file", "table_file", "data_file"):
            self.assertEqual(self.url_open(f"{place}/{name}").status_code, 404)

    def test_nobody_else_approves_or_publishes(self):
        ids = self.report.ids
        for user in (
            self.director,
            self.leader,
            self.worker,
            self.independent,
            self.custodian,
            self.auditor,
            self.registrar,
            self.employee,
            self.stranger,
        ):
            self._login(user)
            for state in ("draft", "approved"):
                self.report.sudo().state = state
                self.env.flush_all()
                for act in ACTS:
                    with self.subTest(user=user.login, state=state, act=act):
                        self.assertIsNotNone(self._refusal(act, ids))
                with self.subTest(user=user.login, state=state):
                    words = {"summary": "Mine."}
                    self.assertIsNotNone(self._refusal("write", ids, words))
                    self.assertEqual(self._state(), (state, False))

    def test_who_does_not_read_it_learns_nothing(self):
        """As for a report that never was."""
        missing = [self.report.id + 10_000]
        for user in (self.worker, self.custodian, self.employee, self.stranger):
            self._login(user)
            for method, more in (
                ("read", [["summary", "content"]]),
                ("web_read", [{"content": {}}]),
                ("action_publish", []),
            ):
                with self.subTest(user=user.login, method=method):
                    said = self._refusal(method, self.report.ids, *more)
                    self.assertIsNotNone(said)
                    self.assertNotIn("2026", said)
                    self.assertEqual(said, self._refusal(method, missing, *more))
        for user in (self.director, self.independent, self.auditor, self.owner):
            self._login(user)
            self.assertEqual(
                self._call("search_count", [["id", "in", self.report.ids]]), 1
            )
