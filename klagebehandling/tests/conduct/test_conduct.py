# What people write in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-10 09:00:00"
FACT = "Called the office 14 times in one day."


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestConduct(ComplaintCase):
    """Contact that takes too much: fair, limited in time, open to objection (M56)."""

    def _case(self, **values):
        case = self._register(reply_channel="portal", **values)
        case.handler_id = self.worker
        return case

    def _record(self, case, user=None, **values):
        rows = self.env["complaint.conduct"].with_user(user or self.worker)
        return rows.create({"case_id": case.id, "fact": FACT, **values})

    def _propose(self, case, user=None, **values):
        if not case.sudo().conduct_ids:
            self._record(case, user)
        limits = self.env["complaint.conduct.limit"].with_user(user or self.worker)
        return limits.create(
            {
                "case_id": case.id,
                "how": "Write to us. We read it each Monday.",
                "reason": "You called 14 times on 9 November.",
                "until": "2026-12-31",
                **values,
            }
        )

    def _decided(self, case=None, user=None, **values):
        limit = self._propose(case or self._case(), **values)
        limit.with_user(user or self.leader).action_decide()
        return limit.sudo()

    def test_record_is_a_fact_with_its_day_and_who_saw_it(self):
        case = self._case()
        row = self._record(case, happened_on="2026-11-09")
        self.assertEqual(row.seen_by_id, self.worker)
        for values in (
            {"fact": " "},
            {"fact": 5},
            {"fact": ["x"]},
            {"happened_on": "soon"},
            {"seen_by_id": "x"},
            {"seen_by_id": 999999},
            {"fact": "He was aggressive and Impossible."},
            {"happened_on": "2026-11-11"},
            {"seen_by_id": self.env.ref("base.public_user").id},
        ):
            with self.assertRaises(UserError):
                self._record(case, **values)
        with self.assertRaises(UserError):
            row.fact = "Other words"
        with self.assertRaises(AccessError):
            row.unlink()
        self.assertNotIn("14 times", str(case.journal_ids.mapped("payload")))
        row.sudo()._erase_text("Wrong person")
        self.assertFalse(row.fact)

    def test_limit_needs_a_record_words_and_a_day_that_the_procedure_allows(self):
        case = self._case()
        limits = self.env["complaint.conduct.limit"].with_user(self.worker)
        values = {"how": "x", "reason": "14 calls.", "until": "2026-12-01"}
        with self.assertRaises(UserError):
            limits.create({"case_id": case.id, **values})
        for values in (
            {"how": ""},
            {"reason": ""},
            {"reason": "You are difficult."},
            {"until": "2026-11-09"},
            {"until": "2027-02-09"},
            {"contact_id": self.other_leader.id},
            {"contact_id": "x"},
            {"until": "soon"},
            {"how": 5},
            {"state": "decided"},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._propose(case, **values)
        limit = self._propose(case, until="2027-02-08")
        self.policy.limit_days = 30
        with self.assertRaises(UserError):
            limit.with_user(self.leader).action_decide()

    def test_handler_alone_decides_nothing(self):
        limit = self._propose(self._case())
        second = self._create_user("second", "group_handler")
        self.workshop.member_ids = [Command.link(second.id)]
        for user in (self.worker, second, self.auditor, self.custodian, self.employee):
            for act in ("action_decide", "action_refuse"):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    getattr(limit.with_user(user), act)()
        own = self._propose(self._case(), self.leader)
        with self.assertRaises(AccessError):
            own.with_user(self.leader).action_decide()
        own.with_user(self.director).action_decide()
        case = self._case()
        case.handler_id = self.leader
        led = self._propose(case, self.director)
        for user in (self.leader, self.director):
            with self.assertRaises(AccessError):
                led.with_user(user).action_decide()
        limit.with_user(self.leader).action_refuse("Talk to her first.")
        self.assertEqual(limit.state, "refused")
        with self.assertRaises(UserError):
            limit.with_user(self.leader).action_decide()

    def test_person_is_told_why_until_when_and_how_to_object(self):
        limit = self._decided()
        letter = limit.letter_id
        self.assertEqual((letter.purpose, letter.state), ("limit", "sent"))
        for words in (
            "Write to us. We read it each Monday.",
            "You called 14 times",
            "December 31, 2026",
            "You can object",
            "right to complain",
        ):
            self.assertIn(words, letter.body)
        case = limit.case_id
        self.assertIn("Contact in writing only", case.contact_limit)
        told = [step["text"] for step in case._timeline()]
        self.assertIn("We told you how we keep in contact for a while.", told)
        with self.assertRaises(UserError):
            limit.with_user(self.worker).write({"until": "2027-01-31"})

    def test_it_ends_by_itself_and_is_nobodys_delay(self):
        limit = self._decided(until="2026-11-20")
        case, row = limit.case_id, limit.deadline_id
        self.assertEqual(str(row.next_at), "2026-11-20 23:00:00")
        with freeze_time("2026-11-20 23:30:00"):
            row._escalate()
            row._escalate()
        self.assertEqual((limit.state, row.state), ("ended", "waived"))
        self.assertFalse(row.late_at)
        self.assertFalse(case.is_reason_missing)
        self.assertFalse(case.contact_limit)
        self.assertIn(
            "We no longer limit how we keep in contact.",
            [step["text"] for step in case._timeline()],
        )
        with self.assertRaises(UserError):
            limit.with_user(self.leader).action_lift("Again")

    def test_whoever_leads_lifts_it_before(self):
        limit = self._decided()
        with self.assertRaises(AccessError):
            limit.with_user(self.worker).action_lift("All is well")
        with self.assertRaises(UserError):
            limit.with_user(self.director).action_lift()
        limit.with_user(self.director).action_lift("All is well.")
        self.assertEqual((limit.state, limit.deadline_id.state), ("lifted", "waived"))

    def test_nobody_looks_at_an_objection_to_a_limit_that_is_over(self):
        lifted, ended = self._decided(), self._decided(until="2026-11-20")
        for limit in (lifted, ended):
            limit.case_id._object_to_limit(limit.id, "I have no telephone.")
            self.assertEqual(limit.review_deadline_id.state, "running")
        lifted.with_user(self.director).action_lift("All is well.")
        with freeze_time("2026-11-20 23:30:00"):
            ended.deadline_id._escalate()
        for limit in (lifted, ended):
            self.assertEqual(limit.review_deadline_id.state, "waived", limit.state)

    def test_whoever_proposed_it_or_had_the_case_looks_at_no_objection(self):
        proposed = self._propose(self._case(), self.director)
        proposed.with_user(self.leader).action_decide()
        handled = self._decided()
        handled.case_id._log("handler_assigned", handler=self.director.id)
        for limit in (proposed.sudo(), handled):
            limit.case_id._object_to_limit(limit.id, "I have no telephone.")
            self.assertFalse(limit.reviewer_id)
            self.assertEqual(limit.state, "lifted")

    def test_objection_is_told_and_answered_by_who_leads_or_was_asked(self):
        second = self._create_user("second", "group_handler")
        self.workshop.member_ids = [Command.link(second.id)]
        limit = self._decided()
        case = limit.case_id
        case._object_to_limit(limit.id, "I have no telephone.")
        said = "The complainant objects to a limit of contact"
        self.assertIn(said, case.activity_ids.mapped("summary"))
        with self.assertRaises(AccessError):
            limit.with_user(second).action_keep("It stays.")

    def test_limit_holds_when_the_person_has_been_told(self):
        limit = self._decided()
        limit.letter_id.write({"state": "queued", "sent_at": False})
        self.assertFalse(limit.case_id._limits_in_force())

    def test_objection_goes_to_somebody_who_has_decided_nothing_of_it(self):
        limit = self._decided()
        case = limit.case_id
        self.assertIsNone(case._object_to_limit("0", "No"))
        self.assertTrue(case._object_to_limit(str(limit.id), "I have no telephone."))
        self.assertFalse(case._object_to_limit(limit.id, "Again"))
        self.assertEqual(limit.reviewer_id, self.director)
        self.assertEqual(limit.review_deadline_id.state, "running")
        tasks = case.activity_ids.filtered(lambda one: one.user_id == self.director)
        self.assertIn("objection", str(tasks.mapped("summary")))
        for user in (self.worker, self.leader):
            with self.assertRaises(AccessError):
                limit.with_user(user).action_keep("It stays.")
        with self.assertRaises(UserError):
            limit.with_user(self.director).action_keep()
        limit.with_user(self.director).action_keep("Writing works for you.")
        self.assertEqual((limit.state, str(limit.reviewed_on)), ("decided", NOW[:10]))
        letter = case.correspondence_ids.filtered(
            lambda one: one.purpose == "limit_review"
        )
        self.assertIn("Writing works for you.", letter.body)
        self.assertEqual(limit.review_deadline_id.state, "met")
        with self.assertRaises(UserError):
            limit.with_user(self.director).action_give_way("Twice")

    def test_objection_that_is_right_lifts_it(self):
        limit = self._decided()
        limit.with_user(self.worker).action_object("She said so by phone.")
        with self.assertRaises(UserError):
            limit.with_user(self.worker).action_object("Again")
        limit.with_user(self.director).action_give_way("You are right.")
        self.assertEqual(limit.state, "lifted")
        self.assertEqual(limit.review_deadline_id.state, "met")
        self.assertFalse(limit.case_id._limits_in_force())

    def test_what_nobody_else_can_look_at_does_not_hold(self):
        case = self._case()
        limit = self._propose(case)
        limit.with_user(self.director).action_decide()
        case._object_to_limit(limit.id, "I have no telephone.")
        self.assertEqual(limit.state, "lifted")
        self.assertFalse(limit.sudo().reviewer_id)

    def test_right_to_complain_is_untouched(self):
        limit = self._decided()
        case = limit.case_id
        case._say("I write as before.")
        self.assertTrue(case.correspondence_ids.filtered(lambda o: o.direction == "in"))
        again = self._register()
        self.assertEqual(again.state, "received")
        self.assertFalse(again.limit_ids | again.conduct_ids.case_id.limit_ids)
        self.assertFalse(again.contact_limit)
        self.assertEqual(
            again.deadline_ids.mapped("milestone"),
            self._register(
                parties=[{"role": "complainant", "name": "Eva"}]
            ).deadline_ids.mapped("milestone"),
        )
        case.with_user(self.worker).action_acknowledge()
        case.with_user(self.worker).action_answer(body="<p>Warm.</p>")
        self.assertTrue(case._may_go_further())

    def test_nothing_links_cases_of_who_is_anonymous(self):
        person = {"anonymity": "anonymous", "parties": [{"role": "complainant"}]}
        limit = self._decided(self._case(**person))
        other = self._case(**person)
        for model in ("complaint.conduct", "complaint.conduct.limit"):
            rows = self.env[model].search([("case_id", "=", other.id)])
            self.assertFalse(rows, model)
            names = self.env[model]._fields
            pointed = {f.comodel_name for f in names.values() if f.comodel_name}
            self.assertFalse({"complaint.party", "res.partner"} & pointed, model)
        self.assertFalse(limit.create_date.minute or limit.write_date.minute)

    def test_person_complained_about_and_others_see_nothing(self):
        limit = self._decided()
        row = limit.case_id.conduct_ids
        self.env["complaint.party"].create(
            {
                "case_id": limit.case_id.id,
                "role": "subject",
                "user_id": self.worker.id,
            }
        )
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        away = self._create_user("away", "group_manager")
        away.write(
            {"company_ids": [Command.set(foreign.ids)], "company_id": foreign.id}
        )
        for one in (limit, row):
            self.assertFalse(one.with_user(self.worker).exists())
            self.assertFalse(one.with_user(away).search([("id", "=", one.id)]))
            self.assertFalse(one.with_user(self.other_leader).exists())
            for user in (self.auditor, self.custodian, self.employee, self.owner):
                with self.assertRaises(AccessError):
                    one.with_user(user).read(["case_id"])
        self.assertFalse(limit.case_id.with_user(self.auditor).contact_limit)
