from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IDENTITY, NAME, IdentityCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestIdentityRequest(IdentityCase):
    """M14: asked with a reason, answered with a reason, opened for a while."""

    def test_the_whole_way_of_a_granted_request(self):
        request = self._ask()
        self.assertEqual(request.asker_id, self.worker)
        self.assertEqual(request.status, "requested")
        self._grant(request, days=3)
        self.assertEqual(request.answered_by_id, self.custodian)
        self.assertEqual(request.expires_at, fields.Datetime.now() + timedelta(days=3))
        shown = self._reveal(request)
        row = shown.read(list(IDENTITY))[0]
        self.assertEqual({name: row[name] for name in IDENTITY}, IDENTITY)
        self.assertEqual(
            self._events(),
            ["identity_requested", "identity_granted", "identity_revealed"],
        )
        self._reveal(request)
        self.assertEqual(self._events().count("identity_revealed"), 2)

    def test_a_refusal_reaches_the_asker_with_its_reason(self):
        # GlobaLeaks #2402
        request = self._ask()
        request.with_user(self.custodian).action_refuse("The letter is enough.")
        seen = self.env["complaint.identity.request"].with_user(self.worker).search([])
        self.assertEqual(seen, request)
        row = seen.read(["status", "answer", "answered_by_id"])[0]
        self.assertEqual(row["status"], "refused")
        self.assertEqual(row["answer"], "The letter is enough.")
        self.assertEqual(row["answered_by_id"][0], self.custodian.id)
        task = self.case.activity_ids.filtered(lambda task: task.user_id == self.worker)
        self.assertEqual(len(task), 1)
        self.assertNotIn("letter", f"{task.summary}{task.note}")
        with self.assertRaises(UserError):
            request.with_user(self.worker).action_reveal()
        self.assertEqual(self._events(), ["identity_requested", "identity_refused"])

    def test_history_is_never_overwritten(self):
        # GlobaLeaks #3210; for the superuser too
        request = self._ask()
        request.with_user(self.custodian).action_refuse("No.")
        for act in ("action_grant", "action_refuse"):
            with self.assertRaises(UserError):
                getattr(request.with_user(self.second_custodian), act)("Yes.")
        for values in ({"answer": "Yes."}, {"state": "requested"}, {"ground": "x"}):
            with self.assertRaises(UserError):
                request.write(values)
        again = self._ask()
        with self.assertRaises(UserError):
            again.write({"ground": "Another."})
        with self.assertRaises(UserError):
            request.unlink()
        self._grant(again)
        self.assertEqual((request.state, request.answer), ("refused", "No."))

    def test_both_ways_need_words(self):
        for ground in (None, "", "  ", 5, ["x"], "x" * 5000):
            with self.assertRaises(ValidationError):
                self.case.with_user(self.worker).action_request_identity(ground)
        request = self._ask().with_user(self.custodian)
        for answer in (None, "", "  ", 5, ["x"], "x" * 5000):
            for act in (request.action_grant, request.action_refuse):
                with self.assertRaises(ValidationError):
                    act(answer)
        self.assertEqual(request.state, "requested")

    def test_the_answer_cannot_tell_who_it_is(self):
        request = self._ask().with_user(self.custodian)
        for answer in (
            f"It is {NAME}.",
            "Ask Bråthenskog!",
            "Write to soelvi.b@kanari.example",
            "Call 918 27 364.",
            "Go to Tårnfalkveien.",
        ):
            with self.assertRaises(ValidationError):
                request.action_grant(answer)
        request.action_grant("For the meeting on 12 November.")

    def test_a_permission_lasts_thirty_days_at_most(self):
        request = self._ask().with_user(self.custodian)
        for values in (
            {"days": 0},
            {"days": 31},
            {"days": -1},
            {"days": True},
            {"days": "3"},
            {"days": 1.5},
            {"expires_at": "2026-11-02 08:59:00"},
            {"expires_at": "2026-12-02 09:00:01"},
            {"expires_at": "soon"},
            {"expires_at": "9999-12-31T23:59:59-23:00"},
            {"expires_at": 5},
            {"expires_at": "2026-11-05", "days": 3},
        ):
            with self.assertRaises(ValidationError, msg=values):
                request.action_grant("Yes.", **values)
        request.action_grant("Yes.", expires_at="2026-12-02T10:00:00+01:00")
        self.assertEqual(str(request.expires_at), "2026-12-02 09:00:00")

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_rules_too(self):
        request = self._ask()
        for values in (
            {"state": "granted"},
            {"answered_by_id": self.worker.id},
            {"answer": "x"},
        ):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                request.write(values)
                self.env.flush_all()
            request.invalidate_recordset()

    def test_who_does_not_work_the_case_cannot_ask(self):
        for user in (
            self.employee,
            self.auditor,
            self.custodian,
            self.other_leader,
            self.independent,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._ask(user)
        self.assertFalse(self._events())

    def test_who_works_the_case_can_ask(self):
        restricted = self._register_protected(kind="whistleblowing")
        for user in (self.worker, self.leader, self.director):
            self.assertEqual(self._ask(user).asker_id, user)
        self.assertTrue(self._ask(self.independent, restricted))

    def test_only_custodians_answer(self):
        request = self._ask()
        for user in (
            self.employee,
            self.auditor,
            self.worker,
            self.leader,
            self.director,
            self.independent,
            self.env.ref("base.user_admin"),
        ):
            for act in ("action_grant", "action_refuse"):
                with self.assertRaises(AccessError, msg=user.login):
                    getattr(request.with_user(user), act)("Yes.")
        with self.assertRaises(AccessError):
            request.action_grant("As the superuser.")
        self.assertEqual(request.state, "requested")

    def test_nobody_answers_their_own_request(self):
        both = self._create_both()
        with self.assertRaises(UserError):
            self._ask(both)
        request = self._ask()
        request._write({"asker_id": both.id})
        request.invalidate_recordset()
        with self.assertRaises(UserError):
            request.with_user(both).action_grant("To myself.")
        self.assertEqual(request.state, "requested")

    def test_one_request_at_a_time(self):
        self._ask()
        with self.assertRaises(UserError):
            self._ask()
        self._ask(self.leader)

    def test_only_protected_persons_are_asked_for(self):
        other = self._register()
        with self.assertRaises(ValidationError):
            self._ask(case=other)
        case = self.case.with_user(self.worker)
        stranger = self._register_protected().party_ids
        for party_id in (other.party_ids.id, stranger.id, 0, "1", [1], 10**9, True):
            with self.assertRaises(ValidationError):
                case.action_request_identity("Why not.", party_id)
        anonymous = self._register(
            anonymity="anonymous", parties=[{"role": "complainant"}]
        )
        with self.assertRaises(ValidationError):
            self._ask(case=anonymous)

    def test_requests_are_seen_by_the_asker_and_custodians(self):
        request = self._ask()
        Request = self.env["complaint.identity.request"]
        for user in (self.worker, self.custodian, self.second_custodian):
            self.assertEqual(Request.with_user(user).search([]), request)
        for user in (self.leader, self.director, self.independent):
            self.assertFalse(Request.with_user(user).search([]))
        for user in (self.employee, self.auditor):
            with self.assertRaises(AccessError):
                Request.with_user(user).search([])

    def test_rows_are_made_by_the_act_only(self):
        values = {
            "case_id": self.case.id,
            "party_id": self.party.id,
            "asker_id": self.worker.id,
            "ground": "x",
        }
        Request = self.env["complaint.identity.request"]
        for user in (self.worker, self.director, self.custodian):
            with self.assertRaises(UserError):
                Request.with_user(user).create(values)
            with self.assertRaises(AccessError):
                self._ask(case=self._register_protected()).with_user(user).write(
                    {"answer": "x"}
                )

    def test_without_a_custodian_nobody_waits_in_vain(self):
        (self.custodian | self.second_custodian).active = False
        with self.assertRaises(UserError):
            self._ask()

    def test_walled_custodian_finds_no_trace(self):
        case = self._register_protected(
            parties=[
                {"role": "complainant", **IDENTITY},
                {"role": "subject", "user_id": self.custodian.id, "name": "C"},
            ]
        )
        request = self._ask(case=case)
        for model in ("complaint.identity.request", "complaint.party"):
            rows = self.env[model].with_user(self.custodian)
            self.assertFalse(rows.search([("case_id", "=", case.id)]))
            self.assertEqual(rows.search_count([("case_id", "=", case.id)]), 0)
        for act in ("action_grant", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(request.with_user(self.custodian), act)("Yes.")
        request.with_user(self.second_custodian).action_refuse("No.")
        self.assertEqual(
            case._find_custodians() & self.custodian, self.env["res.users"]
        )

    def test_custodian_of_another_company_sees_nothing(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.second_custodian.write(
            {
                "company_ids": [Command.set(elsewhere.ids)],
                "company_id": elsewhere.id,
            }
        )
        request = self._ask()
        rows = self.env["complaint.identity.request"].with_user(self.second_custodian)
        self.assertFalse(rows.search([]))
        with self.assertRaises(AccessError):
            request.with_user(self.second_custodian).action_grant("Yes.")
        self.assertNotIn(self.second_custodian, self.case._find_custodians())

    def test_journal_and_task_hold_no_words_of_the_request(self):
        request = self._ask(ground="Groundword")
        request.with_user(self.custodian).action_grant("Answerword")
        self._reveal(request)
        entries = self.case.journal_ids
        kept = "".join(f"{entry.payload}{entry.details}" for entry in entries)
        tasks = self.case.activity_ids
        kept += "".join(f"{task.summary}{task.note}" for task in tasks)
        for word in ("Groundword", "Answerword", NAME, "Bråthenskog"):
            self.assertNotIn(word, kept)

    def test_the_task_is_done_when_the_identity_is_seen(self):
        request = self._ask()
        self._grant(request)
        self.assertTrue(self.case.activity_ids)
        self._reveal(request)
        self.assertFalse(self.case.activity_ids)

    def test_the_task_speaks_the_language_of_the_asker(self):
        self.env["res.lang"]._activate_lang("nb_NO")
        self.worker.lang = "nb_NO"
        request = self._ask()
        self._grant(request)
        nb = self.env["complaint.case"].with_context(lang="nb_NO").env
        self.assertEqual(
            self.case.activity_ids.summary,
            nb._("The custodian has answered: see the people of the case"),
        )

    def test_who_has_left_gets_no_task(self):
        request = self._ask()
        self.worker.active = False
        self._grant(request)
        self.assertFalse(self.case.activity_ids)

    def test_who_lost_the_case_gets_no_task(self):
        request = self._ask()
        self.workshop.member_ids = [Command.clear()]
        self._grant(request)
        self.assertFalse(self.case.activity_ids)
