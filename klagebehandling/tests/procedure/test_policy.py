from datetime import date

from freezegun import freeze_time
from lxml import etree
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext, mute_logger

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestPolicy(ComplaintCase):
    def test_version_in_use_is_frozen(self):
        self._register()
        self.assertTrue(self.policy.is_frozen)
        for values in (
            {"name": "Other"},
            {"term_ids": [Command.create({"milestone": "reply", "amount": 1})]},
            {"category_ids": [Command.clear()]},
        ):
            with self.assertRaises(UserError):
                self.policy.write(values)
        with self.assertRaises(UserError):
            self.policy.term_ids[0].amount = 99
        with self.assertRaises(UserError):
            self.policy.term_ids[0].unlink()
        with self.assertRaises(UserError):
            self.policy.unlink()

    def test_a_case_that_one_may_not_know_of_freezes_nothing(self):
        """What binds is frozen for people, whether a case uses it or not."""
        quiet = self._create_policy("quiet")
        later = self._create_policy("quiet", valid_from=date(2099, 1, 1))
        draft = quiet.copy()
        unit = self._create_unit("Quiet", manager_id=self.leader.id, policy_id=quiet.id)
        policies = (quiet | later | draft).with_user(self.leader)
        before = policies.mapped("is_frozen")
        self.assertEqual(before, [True, False, False])
        self._register(
            unit_id=unit.id, parties=[{"role": "subject", "user_id": self.leader.id}]
        )
        policies.invalidate_recordset()
        self.assertEqual(policies.mapped("is_frozen"), before)
        policies = policies.with_user(self.owner)
        with self.assertRaises(UserError):
            policies[0].name = "Other"
        policies[1].name = "Other"

    def test_what_a_person_makes_is_a_draft_first(self):
        Policy = self.env["complaint.policy"].with_user(self.owner)
        values = {
            "name": "Own",
            "code": "own",
            "lang": "en_US",
            "calendar_id": self.calendar.id,
            "independent_id": self.independent.id,
            "company_id": self.company.id,
            "term_ids": [self._term("reply", 1, "day")],
        }
        own = Policy.create(values)
        self.assertEqual(own.state, "draft")
        own.term_ids.amount = 2
        own.action_put_in_force()
        with self.assertRaises(UserError):
            own.term_ids.amount = 3

    def test_persons_may_change_while_in_use(self):
        self._register()
        self.policy.independent_id = self.auditor
        self.assertEqual(self.policy.independent_id, self.auditor)

    def test_version_is_copied_to_be_changed(self):
        self._register()
        copy = self.policy.copy()
        self.assertEqual((copy.state, copy.code), ("draft", self.policy.code))
        self.assertEqual(
            copy.term_ids.mapped("milestone"), self.policy.term_ids.mapped("milestone")
        )
        copy.term_ids[0].amount = 5
        with self.assertRaises(UserError):
            copy.action_put_in_force()
        copy.valid_from = date(2027, 1, 1)
        copy.change_reason = "Shorter limits."
        copy.action_put_in_force()
        versions = self.env["complaint.policy"]._versions("test_no", self.company)
        self.assertEqual(versions, self.policy | copy)
        self.assertEqual(versions._in_force_on(date(2026, 12, 31)), self.policy)
        self.assertEqual(versions._in_force_on(date(2027, 1, 1)), copy)
        self.assertEqual(versions._in_force_on(date(1999, 1, 1)), self.policy)

    def test_draft_binds_no_case(self):
        self.policy.copy({"valid_from": "2020-01-01"})
        self.assertEqual(self._register().policy_id, self.policy)

    def test_promise_of_an_open_case_stays(self):
        # M63
        case = self._register(received_at="2026-01-31T10:00")
        before = case.deadline_ids.mapped("due_on")
        copy = self.policy.copy({"valid_from": "2026-01-31"})
        copy.term_ids.amount = 1
        copy.change_reason = "Shorter limits."
        with freeze_time("2026-01-31 12:00:00"):
            copy.action_put_in_force()
        self.assertEqual(case.policy_id, self.policy)
        self.assertEqual(case.deadline_ids.mapped("due_on"), before)

    def test_own_procedure_goes_before_the_shared_preset(self):
        shared = self._create_policy("test_no", company_id=False)
        versions = self.env["complaint.policy"]._versions("test_no", self.company)
        self.assertEqual(versions, self.policy)
        other = self.env["res.company"].create({"name": "Other"})
        versions = self.env["complaint.policy"]._versions("test_no", other)
        self.assertEqual(versions, shared)

    def test_independent_receiver_is_required(self):
        with self.assertRaises(ValidationError):
            self._create_policy("lonely", independent_id=False)
        preset = self._create_policy("preset", independent_id=False, company_id=False)
        with self.assertRaises(ValidationError):
            preset.action_put_in_force()

    def test_two_versions_do_not_start_on_one_day(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._create_policy("test_no")

    def test_unknown_kind_is_refused(self):
        with self.assertRaises(ValidationError):
            self.policy.choice_ids = [
                Command.create({"subject": "kind", "value": "rumour", "name": "Rumour"})
            ]

    def test_unit_inherits_the_procedure(self):
        self.assertEqual(self.workshop.effective_policy_id, self.policy)
        own = self._create_policy("own")
        self.workshop.policy_id = own
        self.assertEqual(self.workshop.effective_policy_id, own)

    def test_public_address_is_plain_and_free(self):
        self.workshop.slug = "workshop-1"
        for slug in ("status", "innsyn", "With Space", "æøå", "-a", "a/b"):
            with self.assertRaises(ValidationError):
                self.kitchen.slug = slug

    def test_unit_is_not_part_of_itself(self):
        with self.assertRaises(UserError):
            self.management.parent_id = self.workshop


@tagged("post_install", "-at_install")
class TestGaps(ComplaintCase):
    """A draft says what it lacks, by what the act that puts it in force refuses."""

    def _blank(self, **values):
        return (
            self.env["complaint.policy"]
            .with_user(self.owner)
            .with_company(self.company)
            .create({"name": "New", "code": "new", "lang": "en_US", **values})
        )

    def test_a_blank_draft_says_all_in_the_order_of_its_pages(self):
        pages = [gap.page for gap in self._blank()._gaps()]
        view = self.env.ref("klagebehandling.complaint_policy_view_form")
        tabs = etree.fromstring(view.arch).xpath("//page/@string")
        named = [page for page in tabs if page in pages]
        self.assertEqual(len(tabs), 9)
        self.assertEqual(
            named, [tab for tab in tabs if tab != "Rules and reports"], "each tab"
        )
        in_order = dict.fromkeys(pages)
        self.assertEqual(list(in_order), ["At the top", *named])

    def test_what_is_required_is_what_is_refused(self):
        draft = self._blank()
        required = [gap.text for gap in draft._gaps() if gap.is_required]
        self.assertEqual(len(required), 2)
        with self.assertRaises(ValidationError) as refused:
            draft.action_put_in_force()
        self.assertEqual(str(refused.exception), "\n".join(required))
        for text in required:
            self.assertIn(text, html2plaintext(draft.gap_list))
        draft.write(
            {
                "independent_id": self.independent.id,
                "term_ids": [self._term("reply", 2, "week")],
            }
        )
        self.assertTrue(draft._gaps())
        draft.action_put_in_force()
        self.assertEqual(draft.state, "in_force")
        self.assertFalse(draft.gap_list)

    def test_a_version_that_would_reach_back_is_named_before(self):
        draft = self.policy.copy().with_user(self.owner)
        self.assertIn("starts today or later", draft.gap_list)
        draft.valid_from = "2999-01-01"
        self.assertNotIn("starts today or later", draft.gap_list)

    def test_the_form_says_it_while_one_types(self):
        form = Form(self._blank())
        self.assertIn("No grounds", form.gap_list)
        form.category_ids.add(self.env.ref("klagebehandling.category_food"))
        self.assertNotIn("No grounds", form.gap_list)

    def test_what_people_call_a_procedure_is_no_markup(self):
        draft = self._blank(name="<img src=x onerror=alert(1)>")
        self.assertNotIn("<img", draft._render_gaps())
