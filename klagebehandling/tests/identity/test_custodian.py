from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IdentityCase

# In each of these stands what the case is about, and nowhere else in this test.
WORD = "Kanarigulblekk"
CLOSED = (
    "title",
    "description",
    "desired_outcome",
    "category_ids",
    "event_date",
    "event_until",
    "event_words",
    "interpreter_language",
    "wanted_people",
    "remedy",
    "lesson",
    "authorisation",
    "invite",
    "about_manager",
    "place_type",
    "retaliation_of_id",
    "is_urgent",
    "is_out_of_scope",
    "is_possible_whistleblowing",
    "is_mixed",
    "pseudonym_ids",
)


@tagged("post_install", "-at_install")
class TestCustodian(IdentityCase):
    """Who keeps identities does not learn what a case is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ground = cls.env["complaint.category"].create(
            {"name": WORD, "code": "canary", "is_urgent": True}
        )
        cls.matter = cls._register_protected(
            title=WORD,
            description=WORD,
            desired_outcome=WORD,
            categories=[ground.code],
            event_date="2026-01-30",
            event_words=WORD,
            interpreter_language=WORD,
            authorisation=WORD,
        )
        cls.matter.write({"remedy": WORD, "lesson": WORD, "invite": WORD})
        cls.matter.party_ids.statement = WORD
        cls.env["complaint.correspondence"].create(
            {"case_id": cls.matter.id, "body": WORD, "reason": WORD, "proof": WORD}
        )
        cls.matter._log("answered", reason=WORD)
        cls.matter.message_post(body=WORD)
        cls.matter.deadline_ids.write({"reason": WORD})
        cls.matter.activity_schedule(summary=WORD, note=WORD, user_id=cls.leader.id)
        cls.env["ir.attachment"].create(
            {
                "name": WORD,
                "raw": WORD.encode(),
                "res_model": "complaint.case",
                "res_id": cls.matter.id,
            }
        )

    def test_no_field_of_the_case_tells_what_it_is_about(self):
        case = self.matter.with_user(self.custodian)
        read = []
        for name in case._fields:
            try:
                value = case.read([name])[0].get(name)
                if case._fields[name].type == "many2one" and value:
                    value = case[name].display_name
                elif case._fields[name].relational:
                    value = case[name].read()
            except AccessError:
                continue
            read.append(name)
            self.assertNotIn(WORD, str(value), name)
            self.assertNotIn("2026-01-30", str(value), name)
        self.assertFalse(set(read) & set(CLOSED))
        self.assertIn("reference", read)
        # The same words are there for who works the case.
        shown = str(self.matter.with_user(self.worker).read())
        self.assertGreaterEqual(shown.count(WORD), 6)

    def test_closed_fields_are_not_searched_nor_counted(self):
        Case = self.env["complaint.case"].with_user(self.custodian)
        for name in CLOSED:
            field = Case._fields[name]
            value = {"boolean": True, "date": "2026-01-30"}.get(field.type, WORD)
            if field.store or field.search:
                with self.assertRaises(AccessError, msg=name):
                    Case.search([(name, "=", value)])
            if field.store and field.column_type:
                with self.assertRaises(AccessError, msg=name):
                    Case.formatted_read_group([], [name], ["__count"])

    def test_no_field_of_the_person_tells_it(self):
        party = self.matter.party_ids.with_user(self.custodian)
        for name in party._fields:
            try:
                value = party.read([name])[0].get(name)
            except AccessError:
                continue
            self.assertNotIn(WORD, str(value), name)
        with self.assertRaises(AccessError):
            party.read(["statement"])

    def test_no_other_model_tells_it(self):
        for model in (
            "complaint.correspondence",
            "complaint.journal",
            "complaint.deadline",
            "complaint.pseudonym",
            "complaint.case.compose",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.custodian).search([])
        for model in ("mail.message", "ir.attachment", "mail.activity"):
            rows = self.env[model].with_user(self.custodian)
            field = "model" if model == "mail.message" else "res_model"
            self.assertFalse(
                rows.search(
                    [(field, "=", "complaint.case"), ("res_id", "=", self.matter.id)]
                ),
                model,
            )

    def test_auditors_still_see_the_facts(self):
        case = self.matter.with_user(self.auditor)
        row = case.read(["category_ids", "event_date", "is_urgent"])[0]
        self.assertEqual(row["category_ids"], self.matter.category_ids.ids)
        self.assertTrue(row["is_urgent"])

    def test_the_workplace_of_a_custodian(self):
        menus = self.env["ir.ui.menu"].with_user(self.custodian).load_menus(False)
        root = self.env.ref("klagebehandling.complaint_menu").id
        names = {
            menus[id_]["xmlid"].partition(".")[2] for id_ in menus[root]["children"]
        }
        self.assertEqual(
            names,
            {
                "complaint_case_menu",
                "complaint_identity_request_menu",
                "complaint_original_menu",
                "complaint_party_menu",
                "complaint_case_register_menu",
                # As for every employee.
                "complaint_action_assignment_menu",
                "complaint_improvement_menu",
            },
        )
        self._ask(case=self.matter)
        request = self.matter.identity_request_ids.with_user(self.custodian)
        row = request.read(["ground", "asker_id", "pseudonym", "case_id"])[0]
        self.assertNotIn(WORD, str(row))
        self.assertEqual(row["ground"], "To invite to the meeting.")
