import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import JournalCase


@tagged("post_install", "-at_install")
class TestJournalApart(JournalCase, HttpCase):
    """M19: what is refused is entered too, though its transaction is undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.walled = cls._register(about_manager=True)
        cls.exporters = cls.env.ref("klagebehandling.group_export")

    def _call(self, user, model, method, *args):
        """What the server answers a user's browser."""
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
        )
        return response.json()

    # Refused

    def test_a_refused_assignment_is_entered_though_the_request_is_undone(self):
        handler, count = self.walled.handler_id, self.walled.journal_count
        for _twice in range(2):
            answer = self._call(
                self.director,
                "complaint.case",
                "write",
                self.walled.ids,
                {"handler_id": self.leader.id, "lesson": "undone"},
            )
            self.assertIn("cannot handle the case", answer["error"]["data"]["message"])
        entry = self._entries(self.walled, "assignment_refused")
        self.assertEqual(len(entry), 1, "one entry a day is enough")
        self.assertEqual(entry.user_id, self.director)
        self.assertEqual(entry.payload, {"handler": self.leader.id})
        self.assertEqual(self.walled.handler_id, handler)
        self.assertFalse(self.walled.lesson)
        self.assertEqual(self.walled.journal_count, count + 1)
        self.assertEqual(self._findings(), [])

    def test_another_user_or_another_act_gets_its_own_entry(self):
        for user in (self.director, self.director, self.leader):
            for event in ("access_refused", "export_refused"):
                self.case.with_user(user)._log_apart(event)
            self.env.cr.postrollback.run()
            self.env.cr.postcommit.clear()
        users = self._entries(self.case, "access_refused").user_id
        self.assertEqual(users, self.director | self.leader)
        self.assertEqual(len(self._entries(self.case, "export_refused")), 2)

    def test_the_next_day_gets_its_own_entry(self):
        entry = self._refuse()
        self._sql(
            "UPDATE complaint_journal SET logged_on = logged_on - interval '1 day' "
            "WHERE id = %s",
            entry.id,
        )
        self.assertEqual(len(self._refuse()), 2)

    def _refuse(self, case=None):
        (case or self.case).with_user(self.leader)._log_apart("access_refused")
        self.env.cr.postrollback.run()
        self.env.cr.postcommit.clear()
        return self._entries(self.case, "access_refused")

    def test_what_was_refused_is_no_work_on_the_case(self):
        self._sql("UPDATE complaint_case SET last_act_on = '2020-01-01'")
        self._refuse()
        self.assertEqual(str(self.case.last_act_on), "2020-01-01")

    def test_a_case_that_is_gone_stops_nothing(self):
        gone = self.env["complaint.case"].browse(2**31 - 1)
        self._refuse(gone)
        self._refuse(gone | self.case)
        self.assertEqual(len(self._entries(self.case, "access_refused")), 1)

    def test_a_refused_export_is_entered(self):
        self.worker.group_ids += self.exporters
        self.leader.group_ids -= self.exporters
        for user, case in ((self.worker, self.walled), (self.leader, self.case)):
            answer = self._call(
                user, "complaint.case", "export_data", case.ids, ["reference"]
            )
            self.assertIn("error", answer)
            entry = self._entries(case, "export_refused")
            self.assertEqual(entry.user_id, user)
            self.assertEqual(
                entry.payload, {"model": "complaint.case", "fields": ["reference"]}
            )
            self.assertFalse(self._entries(case, "exported"))

    def test_the_browsers_export_is_entered(self):
        self.leader.group_ids += self.exporters
        self.authenticate(self.leader.login, self.leader.login)
        data = {
            "model": "complaint.case",
            "fields": [{"name": "reference", "label": "Reference"}],
            "ids": self.case.ids,
            "domain": [],
            "import_compat": False,
        }
        response = self.url_open(
            "/web/export/csv",
            data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        self.assertIn(self.case.reference, response.text)
        self.assertTrue(self._entries(self.case, "exported"))
