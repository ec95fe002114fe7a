from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCase

REASON = "She said so on the phone today."


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 09:00:00")
class TestCorrection(ComplaintCase):
    """What was registered wrongly is put right by one act, with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.food = cls.env.ref("klagebehandling.category_food")
        with freeze_time("2026-11-02 09:00:00"):
            cls.case = cls._register()
        cls.handled = cls.case.with_user(cls.leader)

    def _entry(self, case=None, event="corrected"):
        entries = (case or self.case).journal_ids
        return entries.filtered(lambda one: one.event == event).sorted("sequence")[-1:]

    def test_kind_grounds_channel_and_heading_are_corrected_with_a_reason(self):
        self.handled.action_correct(
            {
                "kind": "view",
                "category_ids": self.food.ids,
                "channel": "letter",
                "heading": "Food is served cold",
            },
            REASON,
        )
        self.assertEqual(self.case.kind, "view")
        self.assertEqual(self.case.category_ids, self.food)
        self.assertEqual(self.case.channel, "letter")
        self.assertEqual(self.case.heading, "Food is served cold")

    def test_journal_has_what_stood_there_what_is_right_and_the_reason(self):
        self.handled.action_correct({"kind": "view", "heading": "Cold"}, REASON)
        entry = self._entry()
        self.assertEqual(entry.payload["kind_from"], "complaint")
        self.assertEqual(entry.payload["kind_into"], "view")
        self.assertEqual(entry.texts["heading_into"], "Cold")
        self.assertEqual(entry.texts["reason"], REASON)
        self.assertIn("Kind until now: Complaint", entry.details)
        # Who audits reads facts, never what people wrote.
        auditor = entry.with_user(self.auditor)
        self.assertNotIn("Cold", f"{auditor.details}")
        with self.assertRaises(AccessError):
            _note = auditor.note

    def test_unit_and_grounds_have_names_in_the_journal(self):
        self.handled.action_correct(
            {"unit_id": self.kitchen.id, "category_ids": self.food.ids}, REASON
        )
        self.assertIn("Right unit: Kitchen", self._entry().details)
        self.assertIn(f"Right grounds: {self.food.name}", self._entry().details)

    def test_reason_is_always_demanded(self):
        for reason in (None, "", "  ", 1, "x" * 3000):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self.handled.action_correct({"kind": "view"}, reason)
        self.assertEqual(self.case.kind, "complaint")

    def test_nothing_different_is_no_correction(self):
        for values in ({}, {"kind": "complaint"}, {"contact": {}}):
            with self.assertRaises(UserError):
                self.handled.action_correct(values, REASON)
        self.assertFalse(self._entry())

    def test_words_of_the_person_are_never_changed(self):
        self.handled.action_correct({"heading": "Food is served cold"}, REASON)
        self.assertEqual(self.case.title, "Cold food")
        self.assertEqual(self.case.description, "The food is cold.")
        self.assertEqual(self.handled.subject, "Food is served cold")
        self.assertIn("Food is served cold", self.handled.display_name)
        for name in ("title", "description", "anonymity", "state", "registered_at"):
            with self.assertRaises(UserError):
                self.handled.action_correct({name: "x"}, REASON)

    def test_heading_is_taken_back_and_erased_with_the_words(self):
        self.handled.action_correct({"heading": "Kari is cold"}, REASON)
        self.handled.action_correct({"heading": ""}, REASON)
        self.assertEqual(self.handled.subject, "Cold food")
        self.handled.action_correct({"heading": "Kari is cold"}, REASON)
        self.handled.action_erase_text("Asked for by the person")
        self.assertFalse(self.case.heading)

    def test_heading_is_hidden_from_who_does_not_read_the_words(self):
        self.handled.action_correct({"heading": "Kari is cold"}, REASON)
        audited = self.case.with_user(self.auditor)
        for name in ("heading", "subject"):
            with self.assertRaises(AccessError):
                audited.read([name])
        self.assertNotIn("Kari", audited.display_name)
        self.assertFalse(audited.search([("display_name", "ilike", "Kari is")]))
        with self.assertRaises(AccessError):
            audited.search([("heading", "ilike", "Kari")])

    def test_ended_case_is_reopened_first(self):
        self.handled.action_withdraw(reason="Said so")
        with self.assertRaisesRegex(UserError, "Reopen"):
            self.handled.action_correct({"kind": "view"}, REASON)

    def test_who_does_not_work_the_case_corrects_nothing(self):
        for user in (
            self.employee,
            self.auditor,
            self.custodian,
            self.owner,
            self.other_leader,
            self.independent,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.case.with_user(user).action_correct({"kind": "view"}, REASON)
        self.case.with_user(self.worker).action_correct({"kind": "view"}, REASON)

    def test_other_organisations_and_unknown_values_are_refused(self):
        elsewhere = self._create_unit(
            "Elsewhere", company_id=self.env["res.company"].create({"name": "B"}).id
        )
        closed = self._create_unit("Closed", active=False)
        ground = self.env["complaint.category"].create(
            {"name": "Theirs", "code": "theirs", "company_id": elsewhere.company_id.id}
        )
        for values in (
            {"unit_id": elsewhere.id},
            {"unit_id": closed.id},
            {"unit_id": True},
            {"unit_id": 10**30},
            {"kind": "nonsense"},
            {"kind": "praise"},  # the procedure has none
            {"kind": ["view"]},
            {"category_ids": ground.ids},
            {"category_ids": "x"},
            {"channel": "pigeon"},
            {"heading": "x" * 300},
            {"contact": {"role": "subject"}},
            {"contact": {"email": "no address"}},
            {"contact": {"phone": 1}},
            "x",
            None,
            {None: 1},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.handled.action_correct(values, REASON)
        self.assertFalse(self._entry())

    # -- how to reach the person -------------------------------------------------------

    def test_contact_is_corrected_where_identities_are(self):
        person = self.case.party_ids
        contact = {"email": "kari.n@example.com", "phone": "22 00 00 00"}
        self.handled.action_correct({"contact": contact}, REASON)
        self.assertEqual(person.email, "kari.n@example.com")
        self.assertEqual(person.former, "kari@example.com")
        entries = self.case.journal_ids.filtered(
            lambda one: one.event == "identity_corrected"
        )
        self.assertEqual({one.payload["field"] for one in entries}, {"email", "phone"})
        text = "".join(f"{one.payload}{one.texts}" for one in self.case.journal_ids)
        for canary in ("kari@example.com", "kari.n@", "22 00"):
            self.assertNotIn(canary, text)

    def test_wrong_address_is_removed_where_none_is_right(self):
        self.handled.action_correct({"contact": {"email": ""}}, REASON)
        self.assertFalse(self.case.party_ids.email)
        self.assertEqual(self.case.party_ids.name, "Kari Nordmann")
        letter = self.handled._send_message("<p>Hello</p>", "email")
        self.assertFalse(letter and letter._recipient_sudo().email)

    def test_nobody_anonymous_is_named_by_a_correction(self):
        # M11
        case = self._register(anonymity="anonymous", parties=[])
        with self.assertRaisesRegex(UserError, "anonymous"):
            case.with_user(self.leader).action_correct(
                {"contact": {"name": "Kari"}}, REASON
            )
        self.assertEqual(case.anonymity, "anonymous")
        self.assertFalse(case.party_ids.filtered("name"))

    def test_protected_person_is_corrected_by_the_custodian_only(self):
        case = self._register(anonymity="protected")
        with self.assertRaisesRegex(UserError, "custodian"):
            case.with_user(self.leader).action_correct(
                {"contact": {"name": "Kari"}}, REASON
            )
        case.with_user(self.leader).action_correct({"kind": "view"}, REASON)
        self.assertNotIn("identity_corrected", case.journal_ids.mapped("event"))

    # -- what is changed past the act --------------------------------------------------

    def test_what_is_changed_by_hand_is_in_the_journal(self):
        self.handled.write({"kind": "view", "category_ids": [(4, self.food.id)]})
        entry = self._entry(event="entered_by_hand")
        self.assertEqual(entry.payload["kind_into"], "view")
        self.assertEqual(entry.payload["grounds_into"], self.food.ids)

    def test_form_opens_for_all_who_read_the_case(self):
        case = self._register(anonymity="protected")
        for user in (self.leader, self.auditor, self.custodian):
            form = case.with_user(user).get_views([(False, "form")])
            names = form["models"]["complaint.case"]["fields"]
            self.env.invalidate_all()
            case.with_user(user).web_read(
                {
                    name: {}
                    for name in ("is_kind_open", "is_ground_open", "subject")
                    if name in names
                }
            )

    def test_form_enters_what_is_open_only(self):
        self.assertTrue(self.handled.is_ground_open)
        self.assertFalse(self.handled.is_kind_open)
        self.handled.category_ids = self.food
        self.assertFalse(self.handled.is_ground_open)
        case = self._register(kind="undecided").with_user(self.leader)
        self.assertTrue(case.is_kind_open)
