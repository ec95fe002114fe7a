# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCase

# What is written by the software: numbers, codes, digests.
NO_TEXT = {
    "activity_type_icon",
    "digest",
    "invite",
    "key_mark",
    "payload_digest",
    "previous_digest",
    "reference",
    "drawn_number",
    "texts_digest",
}
# What custodians answer is their office.
IDENTITY = {
    "complaint.identity.request": {"ground", "answer"},
    "complaint.original": {"kind"},
    "complaint.original.act": {"reason"},
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAccess(ComplaintCase):
    """The table of who sees which rows, each role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_case = cls._register()
        cls.protected = cls._register(anonymity="protected")
        cls.restricted = cls._register(kind="whistleblowing")
        cls.kitchen_case = cls._register(unit_id=cls.kitchen.id)
        cls.walled = cls._register(about_manager=True)
        cls.all_cases = (
            cls.open_case
            | cls.protected
            | cls.restricted
            | cls.kitchen_case
            | cls.walled
        )
        stranger_company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.stranger = cls._create_user("stranger", "group_manager")
        cls.stranger.write(
            {
                "company_ids": [(6, 0, stranger_company.ids)],
                "company_id": stranger_company.id,
            }
        )

    def _seen(self, user, model="complaint.case"):
        return self.env[model].with_user(user).search([])

    def test_handler_sees_cases_of_the_units_where_member(self):
        self.assertEqual(self._seen(self.worker), self.open_case | self.protected)

    def test_handler_sees_own_cases_wherever(self):
        self.kitchen_case.handler_id = self.worker
        self.assertIn(self.kitchen_case, self._seen(self.worker))

    def test_manager_sees_managed_units_and_below(self):
        self.assertEqual(self._seen(self.leader), self.open_case | self.protected)
        self.assertEqual(self._seen(self.other_leader), self.kitchen_case)
        self.assertEqual(self._seen(self.director), self.all_cases - self.restricted)

    def test_independent_receiver_sees_only_what_is_routed_there(self):
        self.assertEqual(self._seen(self.independent), self.restricted)

    def test_custodian_sees_protected_cases_without_their_matter(self):
        cases = self._seen(self.custodian)
        self.assertEqual(cases, self.protected)
        for field in ("title", "description", "remedy"):
            with self.assertRaises(AccessError):
                cases.read([field])
        self.assertEqual(cases.display_name, self.protected.reference)

    def test_auditor_sees_facts_and_journal_but_nobody_and_no_text(self):
        cases = self._seen(self.auditor)
        self.assertEqual(cases, self.all_cases - self.restricted)
        self.assertTrue(cases.journal_ids)
        with self.assertRaises(AccessError):
            cases.read(["description"])
        for model in ("complaint.party", "complaint.correspondence"):
            with self.assertRaises(AccessError):
                self._seen(self.auditor, model)

    def test_auditor_and_custodian_read_no_free_text_at_all(self):
        """Found by looking: a new field in which people write must name its readers."""
        registry = self.env.registry
        for user in (self.auditor, self.custodian):
            for name in sorted(registry.descendants(["complaint.walled"], "_inherit")):
                model = self.env[name].with_user(user)
                is_ours = name.startswith("complaint.") and not model._abstract
                if not is_ours or not model.has_access("read"):
                    continue
                texts = {
                    field.name
                    for field in model._fields.values()
                    if field.type in ("text", "html", "char")
                    and (field.store or field.related)
                    and model._has_field_access(field, "read")
                }
                with self.subTest(user=user.login, model=name):
                    self.assertFalse(texts - NO_TEXT - IDENTITY.get(name, set()))

    def test_auditor_does_not_read_why_a_duty_fell(self):
        deadline = self._deadline(self.open_case, "close")
        deadline._waive("She is ill, says her mother.")
        with self.assertRaises(AccessError):
            deadline.with_user(self.auditor).read(["reason"])
        self.assertTrue(deadline.with_user(self.worker).reason)
        self.assertEqual(deadline.with_user(self.auditor).state, "waived")

    def test_talk_and_files_are_for_who_works_the_case(self):
        case = self.protected
        message = case.with_user(self.leader).message_post(body="Internal talk")
        file = self.env["ir.attachment"].create(
            {
                "name": "a.txt",
                "raw": b"secret",
                "res_model": "complaint.case",
                "res_id": case.id,
            }
        )
        domain = [("model", "=", "complaint.case"), ("res_id", "=", case.id)]
        files = [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)]
        for user in (self.leader, self.worker):
            self.assertIn(
                message, self.env["mail.message"].with_user(user).search(domain)
            )
            self.assertIn(file, self.env["ir.attachment"].with_user(user).search(files))
            self.assertTrue(file.with_user(user).read(["raw"]))
        for user in (self.auditor, self.custodian, self.employee, self.other_leader):
            Message = self.env["mail.message"].with_user(user)
            self.assertFalse(Message.search(domain), user.login)
            Attachment = self.env["ir.attachment"].with_user(user)
            self.assertFalse(Attachment.search(files), user.login)
            self.assertFalse(Attachment.search([("id", "=", file.id)]), user.login)
            # A download asks for the right to the row, and searches for nothing.
            self.assertFalse(file.with_user(user).has_access("read"), user.login)
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])

    def test_employee_sees_nothing_but_names_of_units(self):
        for model in (
            "complaint.case",
            "complaint.party",
            "complaint.deadline",
            "complaint.correspondence",
            "complaint.journal",
            "complaint.policy",
            "complaint.policy.term",
        ):
            with self.assertRaises(AccessError):
                self._seen(self.employee, model)
        self.assertIn(self.workshop, self._seen(self.employee, "complaint.unit"))

    def test_other_company_sees_nothing(self):
        for model in ("complaint.case", "complaint.deadline", "complaint.unit"):
            self.assertFalse(
                self._seen(self.stranger, model)
                & self.env[model].search([("company_id", "=", self.company.id)])
            )

    def test_parts_of_a_case_follow_the_case(self):
        for model in ("complaint.deadline", "complaint.journal", "complaint.party"):
            for user in (self.worker, self.leader, self.other_leader, self.director):
                cases = self._seen(user, model).case_id
                self.assertLessEqual(cases, self._seen(user), (model, user.login))
                self.assertTrue(cases)

    def test_protected_identity_is_seen_by_the_custodian_only(self):
        party = self.protected.party_ids
        self.assertEqual(self._seen(self.custodian, "complaint.party"), party)
        self.assertEqual(party.with_user(self.custodian).name, "Kari Nordmann")
        for user in (self.worker, self.leader, self.director):
            self.assertNotIn(party, self._seen(user, "complaint.party"))
            with self.assertRaises(AccessError):
                party.with_user(user).read(["name"])

    def test_walled_users_find_no_trace(self):
        # A-08, M17
        for user in (self.leader, self.worker):
            Case = self.env["complaint.case"].with_user(user)
            domain = [("reference", "=", self.walled.reference)]
            self.assertFalse(Case.search(domain))
            self.assertEqual(Case.search_count(domain), 0)
            self.assertFalse(Case.name_search(self.walled.reference))
            self.assertEqual(Case._read_group(domain, [], ["__count"]), [(0,)])
            for model in ("deadline", "journal", "party", "correspondence"):
                Part = self.env[f"complaint.{model}"].with_user(user)
                self.assertFalse(Part.search([("case_id", "=", self.walled.id)]))

    def test_nobody_deletes(self):
        for record in (
            self.open_case,
            self.open_case.party_ids,
            self.open_case.journal_ids,
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.director).unlink()
            with self.assertRaises(UserError):
                record.unlink()

    def test_journal_is_never_changed(self):
        with self.assertRaises(AccessError):
            self.open_case.journal_ids.with_user(self.director).write({"event": "x"})
        with self.assertRaises(UserError):
            self.open_case.journal_ids.write({"event": "x"})

    def test_guarded_facts_are_not_written(self):
        case = self.open_case.with_user(self.director)
        for field, value in (
            ("state", "closed"),
            ("received_at", "2020-01-01"),
            ("anonymity", "open"),
            ("policy_id", self.policy.id),
            ("walled_user_ids", [(5,)]),
        ):
            with self.assertRaises(UserError):
                case.write({field: value})

    def test_nobody_follows_a_case(self):
        self.open_case.message_subscribe(partner_ids=self.leader.partner_id.ids)
        self.open_case.with_user(self.director).message_post(body="Internal talk")
        self.assertFalse(self.open_case.message_follower_ids)

    def test_groups_beside_are_implied_by_nobody(self):
        for name in ("independent", "custodian", "auditor"):
            group = self.env.ref(f"klagebehandling.group_{name}")
            self.assertFalse(group.implied_by_ids, name)
