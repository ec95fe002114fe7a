import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCase

URL = "/json/2/complaint.case"
REASON = "Because I say so."
NEVER = 900_000_000


@tagged("post_install", "-at_install")
class TestCorrectionHttp(ComplaintCase, HttpCase):
    """The acts of a correction, called from outside as each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls._register(), cls._register()
        cls.hidden = cls._register(
            parties=[{"role": "subject", "user_id": cls.leader.id}]
        )
        cls.outsiders = (
            cls.other_leader
            + cls.independent
            + cls.custodian
            + cls.auditor
            + cls.owner
            + cls.employee
        )

    def _call(self, user, id_, method, **values):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys._generate("rpc", "complaints", expires)
        return self.url_open(
            f"{URL}/{method}",
            data=json.dumps({"ids": [id_], **values}),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def _acts(self, other_id):
        return {
            "action_correct": {"values": {"heading": "Mine"}, "reason": REASON},
            "action_link": {"case_id": other_id, "reason": REASON},
            "action_join": {"case_id": other_id, "reason": REASON},
            "action_part": {"case_id": other_id, "reason": REASON},
        }

    def _state(self):
        self.env.invalidate_all()
        cases = self.first + self.second + self.hidden
        links = self.env["complaint.case.link"].sudo().search([])
        return (
            cases.mapped("heading"),
            cases.mapped("state"),
            # What is refused may be entered; what is done may not be there.
            {"corrected", "linked", "joined"} & set(cases.journal_ids.mapped("event")),
            links.ids,
        )

    @mute_logger("odoo.http")
    def test_who_does_not_work_the_case_is_refused(self):
        before = self._state()
        for user in self.outsiders:
            for method, values in self._acts(self.second.id).items():
                answer = self._call(user, self.first.id, method, **values)
                self.assertEqual(answer.status_code, 403, (user.login, method))
        # What an auditor reads is not to be written either.
        values = {"values": {"channel": "letter"}, "reason": REASON}
        answer = self._call(self.auditor, self.first.id, "action_correct", **values)
        self.assertEqual(answer.status_code, 403)
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_walled_manager_is_told_what_is_told_of_no_case(self):
        #
        before = self._state()
        for method, values in self._acts(self.second.id).items():
            answers = []
            for case_id in (self.hidden.id, NEVER):
                answer = self._call(self.leader, case_id, method, **values)
                answers.append((answer.status_code, self._told(answer)))
            self.assertEqual(*answers, method)
            self.assertIn(answers[0][0], (403, 404))
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_hidden_case_is_no_other_matter_than_none(self):
        #
        before = self._state()
        for method in ("action_link", "action_join", "action_part"):
            answers = []
            for case_id in (self.hidden.id, NEVER):
                values = {"case_id": case_id, "reason": REASON}
                answer = self._call(self.leader, self.first.id, method, **values)
                self.assertNotEqual(answer.status_code, 200, method)
                answers.append((answer.status_code, self._told(answer)))
            self.assertEqual(*answers, method)
        self.assertEqual(self._state(), before)

    @mute_logger("odoo.http")
    def test_odd_values_are_told_in_words(self):
        before = self._state()
        for method, values in {
            "action_correct": {"values": {"state": "closed"}, "reason": REASON},
            "action_link": {"case_id": self.first.id, "reason": REASON},
            "action_join": {"case_id": [self.second.id], "reason": REASON},
            "action_part": {"case_id": self.second.id, "reason": " "},
        }.items():
            answer = self._call(self.leader, self.first.id, method, **values)
            self.assertIn(answer.status_code, (403, 422), (method, answer.text))
        self.assertEqual(self._state(), before)

    def test_who_works_the_case_corrects_and_links(self):
        acts = self._acts(self.second.id)
        for method in ("action_correct", "action_link", "action_part"):
            answer = self._call(self.worker, self.first.id, method, **acts[method])
            self.assertEqual(answer.status_code, 200, (method, answer.text))
        self.assertEqual(self.first.heading, "Mine")

    @staticmethod
    def _told(answer):
        told = answer.json()
        return told.get("name"), told.get("message")
