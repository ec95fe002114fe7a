import base64
from datetime import datetime

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ...sealing import receipt_code
from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestIntake(ComplaintCase):
    def test_registered_case_carries_the_matter(self):
        # E-44, E-59, C-21, C-22
        case = self._register(
            categories=["food", "out_of_scope_fault"],
            event_date="2026-10-30",
            desired_outcome="Warm food",
            lang="sv",
        )
        self.assertEqual(case.state, "received")
        self.assertEqual(case.title, "Cold food")
        self.assertEqual(case.description, "The food is cold.")
        self.assertEqual(
            case.category_ids.mapped("code"), ["food", "out_of_scope_fault"]
        )
        self.assertEqual(case.event_date, fields.Date.to_date("2026-10-30"))
        self.assertEqual(case.policy_id, self.policy)
        self.assertEqual(case.company_id, self.company)
        self.assertEqual(case.lang, "sv_SE")
        self.assertEqual(case.received_at, datetime(2026, 11, 2, 9, 0))
        self.assertTrue(case.wants_reply)
        self.assertEqual(case.reply_channel, "email")

    def test_deadlines_open_one_for_each_term_that_applies(self):
        #
        case = self._register(received_at="2026-01-31T22:47")
        due = {row.milestone: str(row.due_on) for row in case.deadline_ids}
        self.assertEqual(
            due,
            {
                "acknowledge": "2026-02-10",
                "inform_staff": "2026-02-14",
                "close": "2026-02-28",
            },
        )
        self.assertEqual(set(case.deadline_ids.mapped("state")), {"running"})

    def test_closing_limit_needs_absence_of_external_parties(self):
        #
        case = self._register(has_external_parties=True)
        self.assertFalse(self._deadline(case, "close"))

    def test_praise_is_only_acknowledged(self):
        # E-22
        self.policy.choice_ids = [self._kind("praise")]
        case = self._register(kind="praise", wants_reply=False)
        self.assertEqual(case.deadline_ids.mapped("milestone"), ["acknowledge"])

    def test_reply_clock_runs_only_where_wanted(self):
        # B-22
        policy = self._create_policy(
            "wanted",
            term_ids=[self._term("reply", 14, "day", condition="wants_reply")],
        )
        self.kitchen.policy_id = policy
        for wants_reply in (True, False):
            case = self._register(unit_id=self.kitchen.id, wants_reply=wants_reply)
            self.assertEqual(bool(case.deadline_ids), wants_reply)

    def test_late_registered_paper_keeps_its_true_receipt(self):
        # E-48
        case = self._register(channel="letter", received_at="2026-10-19T08:00")
        self.assertEqual(case.received_at, datetime(2026, 10, 19, 6, 0))
        self.assertEqual(case.registered_at, fields.Datetime.to_datetime(NOW))
        acknowledge = self._deadline(case, "acknowledge")
        self.assertEqual(str(acknowledge.due_on), "2026-10-29")
        self.assertTrue(acknowledge.is_overdue)
        self.assertTrue(case.is_late)
        Case = self.env["complaint.case"]
        self.assertIn(case, Case.search([("is_late", "=", True)]))
        self.assertNotIn(case, Case.search([("is_late", "=", False)]))

    def test_identity_lives_in_the_party_only_and_sealed(self):
        case = self._register()
        party = case.party_ids
        self.assertEqual(party.name, "Kari Nordmann")
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM complaint_party WHERE id = %s", [party.id])
        self.assertNotIn("Nordmann", str(self.env.cr.fetchall()))
        self.env.cr.execute("SELECT * FROM complaint_case WHERE id = %s", [case.id])
        self.assertNotIn("Nordmann", str(self.env.cr.fetchall()))
        self.assertFalse(
            self.env["res.partner"].search([("email", "=", "kari@example.com")])
        )

    def test_what_was_written_begins_the_case_where_it_has_no_subject(self):
        words = "In June I told you about the noise in the laundry. Since then I am"
        for said, title in (
            (f"{words}\nSecond line.", words),
            (f"{words} here two days a week", f"{words} here two…"),
            ("x" * 90, "x" * 79 + "…"),
        ):
            self.assertEqual(self._register(title="", description=said).title, title)

    def test_party_is_found_by_words_and_beginnings(self):
        party = self._register().party_ids
        Party = self.env["complaint.party"]
        for domain in (
            [("name", "ilike", "nordmann KARI")],
            [("name", "=", "Kari")],
            [("email", "in", ["kari@example.com"])],
            [("name", "ilike", "Nord")],
        ):
            self.assertIn(party, Party.search(domain), domain)
        for domain in ([("name", "=", "Nord")], [("name", "ilike", "ordmann")]):
            self.assertNotIn(party, Party.search(domain), domain)

    def test_anonymous_case_keeps_no_identity(self):
        # A-12, E-32
        case = self._register(anonymity="anonymous", received_at="2026-10-30T15:20")
        party = case.party_ids
        self.assertEqual(party.kind, "participant")
        self.assertFalse(party.name or party.email or party.user_id)
        self.assertEqual(case.reply_channel, "portal")
        self.assertEqual(case.received_at, datetime(2026, 10, 29, 23, 0))
        self.assertEqual(str(self._deadline(case, "acknowledge").due_on), "2026-11-09")

    def test_anonymous_hours_run_from_the_start_of_the_day(self):
        self.kitchen.policy_id = self._create_policy(
            "hours", term_ids=[self._term("acknowledge", 48, "hour")]
        )
        case = self._register(
            unit_id=self.kitchen.id,
            anonymity="anonymous",
            received_at="2026-10-30T15:20",
        )
        self.assertEqual(
            self._deadline(case, "acknowledge").due_at, datetime(2026, 10, 31, 23, 0)
        )

    def test_anonymous_files_lose_their_names(self):
        content = base64.b64encode(b"hello").decode()
        case = self._register(
            anonymity="anonymous",
            attachments=[{"name": "from Kari.txt", "content": content}],
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)]
        )
        self.assertEqual(files.mapped("name"), ["1.txt"])
        self.assertEqual(files.raw, b"hello")

    def test_helper_is_recorded(self):
        # D-31, D-32, D-33
        case = self._register(
            channel="meeting",
            assisted={
                "by": self.employee.id,
                "read_back": True,
                "copy_given": True,
                "informed": True,
                "asked_to_write": True,
            },
        )
        self.assertEqual(case.assisted_by_id, self.employee)
        self.assertTrue(case.is_read_back and case.is_copy_given and case.is_informed)
        self.assertEqual(case.asked_to_write, "no")

    def test_same_submission_is_one_case_with_one_code(self):
        values = {
            "unit_id": self.workshop.id,
            "channel": "api",
            "description": "Twice",
            "submission_id": "5f0c9c1e-0a55-4c52-8a0e-3b41c7d5a111",
        }
        first = self.intake.register(values)
        self.assertEqual(self.intake.register(values), first)
        twice = self.intake._admit([dict(values, submission_id="x" * 30)] * 2)
        self.assertEqual(twice[0], twice[1])

    def test_code_is_stored_as_a_hash_only(self):
        result = self.intake.register(
            {"unit_id": self.workshop.id, "channel": "web", "description": "Hello"}
        )
        code = result["access_code"]
        self.assertEqual(receipt_code.normalise(code.lower().replace("-", " ")), code)
        self.assertEqual(len(code.replace("-", "")) * 5, 100)  # 90 bits and a check
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM complaint_case WHERE id = %s", [result["case_id"]]
        )
        self.assertNotIn(code, str(self.env.cr.fetchall()))

    def test_numbers_tell_nothing_of_the_order(self):
        # B-20, D-41
        cases = [self._register() for _one in range(8)]
        numbers = [case.registry_number for case in cases]
        self.assertEqual(len(set(numbers)), 8)
        self.assertTrue(all(number.startswith("2026-") for number in numbers))
        self.assertNotEqual(numbers, sorted(numbers))

    def test_any_employee_registers_without_gaining_sight(self):
        # E-12, E-46
        result = self.intake.with_user(self.employee).register(
            {"unit_id": self.workshop.id, "channel": "phone", "description": "Hello"}
        )
        self.assertTrue(result["reference"])
        with self.assertRaises(AccessError):
            self.env["complaint.case"].with_user(self.employee).search([])

    def test_employee_names_only_units_of_the_own_companies(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        unit = self._create_unit("There", company_id=other.id, policy_id=self.policy.id)
        with self.assertRaises(ValidationError):
            self.intake.with_user(self.employee).register(
                {"unit_id": unit.id, "channel": "phone", "description": "Hello"}
            )

    def test_employee_registers_in_no_company_of_others(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        policy = self._create_policy("elsewhere", company_id=other.id)
        unit = self._create_unit(
            "There", company_id=other.id, policy_id=policy.id, manager_id=self.leader.id
        )
        intake = self.env["complaint.intake"].with_user(self.employee)
        values = {"channel": "phone", "description": "Hello", "policy": "elsewhere"}
        count = self.env["complaint.case"].search_count([])
        for asked in (values, {**values, "unit_id": unit.id}):
            with self.assertRaises(ValidationError):
                intake.register(asked)
        there = intake.with_context(allowed_company_ids=other.ids)
        for asked in (values, {"channel": "phone", "description": "Hello"}):
            with self.assertRaises(AccessError):
                there.register(asked)
        self.assertEqual(self.env["complaint.case"].search_count([]), count)
        self.employee.company_ids += other
        self.assertTrue(intake.register(values)["reference"])

    def test_plain_employee_names_nobody_else_as_who_helped(self):
        values = {
            "unit_id": self.workshop.id,
            "channel": "meeting",
            "description": "Hello",
            "assisted": {"by": self.director.id},
        }
        intake = self.intake.with_user(self.employee)
        with self.assertRaises(ValidationError):
            intake.register(values)
        own = {**values, "assisted": {"by": self.employee.id, "read_back": True}}
        result = intake.register(own)
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.assisted_by_id, self.employee)
        # Who works cases writes down what a colleague took.
        result = self.intake.with_user(self.worker).register(values)
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.assisted_by_id, self.director)

    def test_portal_and_public_users_cannot_register_through_the_api(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.intake.with_user(user).register({"description": "Hello"})

    def test_nothing_but_the_door_creates_a_case(self):
        with self.assertRaises(UserError):
            self.env["complaint.case"].create({"unit_id": self.workshop.id})

    def test_channel_that_is_not_offered_is_registered_all_the_same(self):
        # E-21
        self.policy.channel_ids = [Command.create({"channel": "web"})]
        case = self._register(channel="email")
        self.assertEqual(case.channel, "email")
        self.assertEqual(case.anonymity, "open")

    def test_kind_that_the_procedure_lacks_is_reclassified(self):
        # E-18, E-19
        for given, expected in (
            ("suggestion", "view"),
            ("praise", "view"),
            ("undecided", "undecided"),
            ("whistleblowing", "whistleblowing"),
        ):
            case = self._register(kind=given)
            self.assertEqual(case.kind, expected)
        self.assertEqual(
            self._register(kind="suggestion")
            .journal_ids.filtered(lambda entry: entry.event == "reclassified")
            .payload,
            {"from": "suggestion", "to": "view"},
        )

    def test_pure_suggestion_filed_as_complaint_becomes_one(self):
        # E-19
        case = self._register(kind="complaint", categories=["out_of_scope_suggestion"])
        self.assertEqual(case.kind, "view")
        mixed = self._register(categories=["out_of_scope_suggestion", "food"])
        self.assertEqual(mixed.kind, "complaint")

    def test_nav_is_not_offered_at_municipal_places(self):
        #
        wanted = self._register(invite=["external_caseworker"], place_type="nav")
        self.assertTrue(wanted.has_external_parties)
        self.assertEqual(wanted.invite, "external_caseworker")
        declined = self._register(
            invite=["external_caseworker", "support_person"], place_type="municipal"
        )
        self.assertFalse(declined.has_external_parties)
        self.assertEqual(declined.invite, "support_person")
        self.assertTrue(self._deadline(declined, "close"))
        self.assertIn("nav_not_offered", declined.journal_ids.mapped("event"))

    def test_version_in_force_on_the_day_of_receipt_binds(self):
        newer = self._create_policy(
            "test_no", valid_from="2026-07-01", term_ids=[self._term("reply", 5, "day")]
        )
        before = self._register(received_at="2026-06-30T23:59")
        after = self._register(received_at="2026-07-01T00:00")
        self.assertEqual(before.policy_id, self.policy)
        self.assertEqual(after.policy_id, newer)

    def test_topmost_unit_receives_where_none_is_named(self):
        result = self.intake.register(
            {"policy": "test_no", "channel": "api", "description": "Hello"}
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.unit_id, self.management)

    def test_journal_tells_what_happened(self):
        # D-40, C-23
        case = self._register()
        self.assertEqual(
            case.journal_ids.sorted("sequence").mapped("event"),
            ["registered", "routed", "deadlines_opened"],
        )
        self.assertEqual(
            case.journal_head, case.journal_ids.sorted("sequence")[-1].digest
        )
        self.assertNotIn("Nordmann", str(case.journal_ids.mapped("payload")))

    def test_receipt_is_queued_where_the_procedure_promises_one(self):
        # B-15
        self.policy.has_auto_receipt = True
        case = self._register()
        self.assertEqual(case.correspondence_ids.purpose, "receipt")
        self.assertEqual(case.correspondence_ids.state, "queued")
        self.assertIn(case.reference, case.correspondence_ids.body)
        self.assertFalse(self._register(wants_reply=False).correspondence_ids)

    def test_pure_suggestion_is_never_refused(self):
        # E-19
        self.policy.category_ids = self.env.ref("klagebehandling.category_food")
        case = self._register(categories=["out_of_scope_suggestion"])
        self.assertEqual(case.kind, "view")

    def test_registration_is_cheap(self):
        values = {
            "unit_id": self.workshop.id,
            "channel": "phone",
            "description": "Hello",
            "parties": [{"role": "complainant", "name": "Kari"}],
        }
        self.intake.register(values)
        self.env.flush_all()
        # As in a request of its own: nothing is read yet.
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            self.intake.register(values)
            self.env.flush_all()
        batch = [dict(values) for _one in range(100)]
        with self.assertQueryCount(100):
            self.intake._admit(batch)
            self.env.flush_all()

    def test_list_is_admitted_whole_or_not_at_all(self):
        good = {"unit_id": self.workshop.id, "channel": "api", "description": "Hello"}
        before = self.env["complaint.case"].search_count([])
        with self.assertRaises(ValidationError):
            self.intake._admit([good, dict(good, channel="pigeon")])
        self.assertEqual(self.env["complaint.case"].search_count([]), before)
