from odoo.tests import HttpCase, tagged

from odoo.addons.klagebehandling.tests.meeting.common import MeetingCase
from odoo.addons.klagebehandling.tests.onward.common import OnwardCase

USER_ERROR = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestConflicts(MeetingCase, OnwardCase, HttpCase):
    """Two colleagues work one case, each signed in, and one comes too late.

    Who comes too late is told what to do, and nothing of the other one is lost.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.is_measure_required = True
        cls.case = cls._register().with_user(cls.leader)
        cls.addClassCleanup(cls.cr.postrollback.clear)

    def _call(self, user, records, method, *args, **kwargs):
        """Call a method as the browser of a colleague does."""
        if self.session.uid != user.id:
            self.authenticate(user.login, user.login)
        answer = self.url_open(
            f"/web/dataset/call_kw/{records._name}/{method}",
            json={
                "params": {
                    "model": records._name,
                    "method": method,
                    "args": [records.ids, *args],
                    "kwargs": kwargs,
                }
            },
        ).json()
        self.env.invalidate_all()
        return answer

    def _do(self, user, records, method, *args, **kwargs):
        answer = self._call(user, records, method, *args, **kwargs)
        self.assertNotIn("error", answer)
        return answer["result"]

    def _refused(self, says, user, records, method, *args, **kwargs):
        answer = self._call(user, records, method, *args, **kwargs)
        self.assertEqual(answer["error"]["data"]["name"], USER_ERROR)
        self.assertIn(says, answer["error"]["data"]["message"])

    def setUp(self):
        super().setUp()
        self.authenticate(self.leader.login, self.leader.login)

    def test_two_write_the_same_minutes(self):
        minutes = self._draft(self.case)
        self._do(self.director, minutes, "action_take_pen")
        self._do(
            self.director, minutes, "web_save", {"agreed": "Hers"}, specification={}
        )
        late = {"agreed": "His"}
        self._refused(
            "Keep a copy of what you typed",
            self.leader,
            minutes,
            "web_save",
            late,
            specification={},
        )
        self.assertEqual(minutes.agreed, "Hers")
        self._refused("take the pen", self.leader, minutes, "action_freeze")
        self._do(self.leader, minutes, "action_take_pen")
        self._do(self.leader, minutes, "web_save", late, specification={})
        self.assertEqual(minutes.agreed, "His")

    def test_words_are_not_written_over_by_who_has_not_read_them(self):
        case, read = self.case, {"remedy": False}
        hers = {"remedy": "Hers", "words_read": read}
        self._do(self.director, case, "web_save", hers, specification={})
        his = {"remedy": "His", "lesson": "Ask first", "words_read": read}
        self._refused("\n\nHers", self.leader, case, "web_save", his, specification={})
        self.assertEqual((case.remedy, case.lesson), ("Hers", False))
        # The same words are no conflict, nor is a text that nobody else touched.
        self._do(self.leader, case, "web_save", hers, specification={})
        his["words_read"] = {"remedy": "Hers", "lesson": False}
        self._do(self.leader, case, "web_save", his, specification={})
        self.assertEqual((case.remedy, case.lesson), ("His", "Ask first"))
        emptied = {"remedy": False, "words_read": {"remedy": "His"}}
        self._do(self.director, case, "web_save", emptied, specification={})
        his["words_read"] = {"remedy": "His"}
        his["remedy"] = "His, and more"
        self._refused("took out", self.leader, case, "web_save", his, specification={})

    def test_words_in_the_rows_of_a_case_are_not_written_over_either(self):
        # C-05
        case, point = self.case, {"name": "It was cold"}
        self._do(self.leader, case, "web_save", {"point_ids": [[0, 0, point]]}, {})
        row = case.point_ids.with_user(self.leader)

        def save(words, read):
            values = {"findings": words, "words_read": {"findings": read}}
            return {"point_ids": [[1, row.id, values]]}

        hers, his = save("Hers", False), save("His", False)
        self._do(self.director, case, "web_save", hers, specification={})
        self._refused("\n\nHers", self.leader, case, "web_save", his, specification={})
        self.assertEqual(row.findings, "Hers")
        his = save("His", "Hers")
        self._do(self.leader, case, "web_save", his, specification={})
        self.assertEqual(row.findings, "His")

    def test_what_was_read_is_told_by_who_may_read_it_only(self):
        # It would tell by its answer what stands there.
        values = {"remedy": "x", "words_read": {"remedy": "guess"}}
        for user in (self.employee, self.auditor):
            answer = self._call(user, self.case, "web_save", values, specification={})
            self.assertNotIn("guess", str(answer))
            self.assertNotEqual(answer["error"]["data"]["name"], USER_ERROR)
        for odd in ("x", ["remedy"], {"remedy": ["x"]}, {"nothing": 1, "id": 2}, None):
            values = {"lesson": "y", "words_read": odd}
            self._do(self.leader, self.case, "web_save", values, specification={})
        self.assertEqual(self.case.lesson, "y")

    def test_version_that_changed_meanwhile_is_not_signed(self):
        #
        minutes = self._frozen(self.case)
        self._do(self.director, minutes, "action_new_version")
        self._refused("Read and sign that one", self.leader, minutes, "action_sign")
        self.assertFalse(minutes.sudo().signature_ids)
        new = minutes.meeting_id.minutes_ids.sorted("version")[-1:]
        self._do(self.director, new, "action_freeze")
        self._do(self.leader, new, "action_sign")
        self._refused("signed already", self.director, new, "action_sign")
        self.assertEqual(new.sudo().signature_ids.user_id, self.leader)

    def test_case_with_open_mandatory_steps_is_not_closed(self):
        # A-13, B-07
        case = self.case
        minutes = self._frozen(case)
        self._do(self.leader, minutes, "action_sign")
        self._refused("enter a measure", self.leader, case, "action_close", "upheld")
        self._do(self.director, case, "write", {"no_measure_reason": "Nothing broke."})
        self._refused(
            "minutes that both parties have signed",
            self.leader,
            case,
            "action_close",
            "resolved",
        )
        self.assertEqual((case.state, case.outcome), ("received", False))
        self.assertEqual(case.no_measure_reason, "Nothing broke.")
        self.assertFalse(self._letters(case, "closing"))
        self._do(self.leader, case, "action_close", "upheld")
        self._refused("", self.director, case, "action_close", "not_upheld")
        self.assertEqual(case.outcome, "upheld")

    def test_package_whose_consent_was_withdrawn_meanwhile_stays_here(self):
        #
        case = self._answered()
        referral = self._refer(case)
        document = self._add(referral)
        self._do(self.worker, referral, "action_consent", "Said yes.")
        self._do(self.leader, referral, "action_withdraw_consent", "Has rung us.")
        sending = ("action_send", "By post", "RR 123 NO")
        self._refused("Ask anew and record the answer", self.worker, referral, *sending)
        self.assertEqual((referral.state, referral.document_ids), ("draft", document))
        self.assertNotIn("referral_sent", self._events(case))
        self._do(self.leader, referral, "action_consent", "Has rung again.")
        self._do(self.worker, referral, *sending)
        self._refused("already", self.leader, referral, *sending)
        self.assertEqual(self._events(case).count("referral_sent"), 1)
