from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from . import oracle
from .common import LATER, ExampleCase

KINDS = {
    "appeal_of_decision": "complaint",
    "mixed": "complaint",
    "fault_report": "view",
    "idea": "suggestion",
}
CANARY = "Kanarifugl"


@freeze_time(LATER)
@tagged("post_install", "-at_install")
class TestComplaints(ExampleCase):
    """Every line of both files comes out of the door as its organisation promises."""

    def test_both_files_have_complaints_of_every_procedure(self):
        for lines in (self.shared_lines, self.own_lines):
            self.assertEqual({line["policy"] for line in lines}, set(oracle.TERMS))

    def test_kind(self):
        # A-04, B-37, D-03, E-15, E-22: the kind the complaint is, in the procedure
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                kind = line["expected"]["type"]
                self.assertEqual(case.kind, KINDS.get(kind, kind))
                self.assertEqual(case.state, "received")
                self.assertEqual(case.policy_id.code, line["policy"])
                self.assertEqual(case.policy_id.company_id, case.company_id)

    def test_grounds(self):
        # A-19, E-16
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                self.assertEqual(
                    set(case.category_ids.mapped("code")),
                    set(line["expected"]["categories"]),
                )

    def test_routing(self):
        # B-19, D-27, E-45, E-51: who receives it
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                self.assertEqual(case.handler_id.login, self.receiver(line).login)

    def test_nobody_behind_the_wall_receives(self):
        #
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                self.assertNotIn(case.handler_id, case.walled_user_ids)

    def test_whom_it_is_about_is_behind_the_wall(self):
        #
        lines = [
            line for line in self.accepted() if line["expected"]["conflict_of_interest"]
        ]
        for line in lines:
            with self.subTest(line=line["id"]):
                case = self.register(line)
                party = case.party_ids.filtered(lambda one: one.role == "subject")
                self.assertEqual(len(party.user_id), 1)
                self.assertIn(party.user_id, case.walled_user_ids)
                walled = case.with_user(party.user_id)
                self.assertFalse(walled.search([("id", "=", case.id)]))

    def test_wishes_of_the_complainant(self):
        # B-22, E-54, E-55, A-28, A-39
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                expected = line["expected"]
                self.assertEqual(case.wants_reply, expected["wants_reply"])
                self.assertEqual(
                    case.has_external_parties, expected["external_parties"]
                )
                preferred = expected["preferred_channel"]
                if preferred:
                    preferred = {"receipt_code": "portal"}.get(preferred, preferred)
                    self.assertEqual(case.reply_channel, preferred)
                complainant = case.party_ids.filtered(
                    lambda one: one.role == "complainant"
                )
                self.assertEqual(complainant.kind, expected["complainant_role"])

    def test_anonymity(self):
        # A-12, B-18, D-28, E-32
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                anonymity = "anonymous" if line["expected"]["anonymous"] else "open"
                self.assertEqual(case.anonymity, anonymity)
                complainant = case.party_ids.filtered(
                    lambda one: one.role == "complainant"
                )
                self.assertEqual(bool(complainant.name), anonymity == "open")

    def test_no_identity_of_an_anonymous_person_is_stored(self):
        # A-12, B-18, D-28, E-32: not even what the person gave by mistake
        for line in self.accepted():
            if line["expected"]["anonymous"]:
                with self.subTest(line=line["id"]):
                    self.check_canary(line)

    def check_canary(self, line):
        person = {
            "role": "complainant",
            "kind": line["expected"]["complainant_role"],
            "name": CANARY,
            "email": f"{CANARY}@example.com",
            "phone": "+4799887766",
            "street": f"{CANARY} 1",
            "user_id": self.user(line["policy"], "reception").id,
        }
        file = {"name": f"{CANARY}.txt", "content": "aGVp"}
        case = self.register(line, parties=[person], attachments=[file])
        party = case.party_ids.sudo()
        self.assertEqual(len(party), 1)
        self.assertFalse(party.identity_sealed)
        self.assertFalse(party.identity_hashes)
        self.assertFalse(party.user_id)
        self.assertEqual(self.tables_with(CANARY), [])
        self.assertEqual(self.tables_with("99887766"), [])

    def tables_with(self, text):
        """The tables with a row that has a text anywhere."""
        self.env.flush_all()
        tables = [
            self.env[name]._table
            for name in self.env.registry
            if self.env[name]._auto and not self.env[name]._abstract
        ]
        wanted = {"ir_attachment", "mail_message", "res_partner", "mail_mail"}
        tables = {
            table
            for table in tables
            if table.startswith("complaint_") or table in wanted
        }
        return [
            table
            for table in sorted(tables)
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s AS t WHERE t::text ILIKE %s LIMIT 1",
                    SQL.identifier(table),
                    f"%{text}%",
                )
            )
        ]

    def test_refused_with_a_reason_and_nothing_stored(self):
        # B-16, B-17: refused with the reason and the ways that are open
        refused = [line for line in self.lines if not line["expected"]["accepted"]]
        self.assertTrue(refused)
        for line in refused:
            with self.subTest(line=line["id"]):
                self.check_refused(line)

    @mute_logger("odoo.sql_db")
    def check_refused(self, line):
        before = self.counts()
        with self.assertRaises(ValidationError) as caught:
            self.register(line)
        self.assertEqual(self.counts(), before)
        message = str(caught.exception)
        self.assertTrue(message.strip())
        self.assertNotIn(line["text"], message)
        if "reject:anonymity_not_allowed_in_channel" in line["expected"]["flags"]:
            self.assertEqual(set(caught.exception.problems), {"anonymity"})
            ways = self.env["complaint.policy.channel"]._fields["channel"]
            labels = dict(ways._description_selection(self.env))
            self.assertIn(labels["paper_form"], message)

    def counts(self):
        models = ("case", "party", "deadline", "journal", "correspondence")
        return [self.env[f"complaint.{name}"].search_count([]) for name in models]

    def test_flags(self):
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                for flag in line["expected"]["flags"]:
                    check = getattr(self, f"check_{flag}", None)
                    if check:
                        check(case)

    def check_possible_whistleblowing(self, case):
        # decided ambiguity 12
        self.assertTrue(case.is_possible_whistleblowing)

    def check_urgent(self, case):
        # Urgency that only the text tells is for the handler to see.
        grounds = case.category_ids
        self.assertEqual(case.is_urgent, any(grounds.mapped("is_urgent")))

    def check_restricted_access(self, case):
        #
        unseeing = case.walled_user_ids or case.unit_id.manager_id
        for user in unseeing:
            self.assertFalse(case.with_user(user).search([("id", "=", case.id)]))

    def check_redirect(self, case):
        # E-18, E-20, E-21
        self.assertTrue(any(case.category_ids.mapped("is_out_of_scope")))
        self.assertTrue(any(case.category_ids.mapped("redirect_text")))

    def check_assisted_intake(self, case):
        # D-32, D-33
        self.assertEqual(
            case.assisted_by_id, self.user(case.policy_id.code, "reception")
        )
        self.assertTrue(case.is_read_back)
        self.assertEqual(case.asked_to_write, "no")

    def check_informed_about_routine(self, case):
        # D-31
        self.assertTrue(case.is_informed)

    def check_wants_nav_caseworker(self, case):
        #
        self.assertEqual(case.invite, "external_caseworker")
        self.assertTrue(case.has_external_parties)

    def check_nav_not_offered(self, case):
        # never at a municipal place, and the journal tells that it was wished
        self.assertFalse(case.invite)
        self.assertFalse(case.has_external_parties)
        self.assertIn("nav_not_offered", self.events(case))

    def check_municipal_place(self, case):
        #
        self.assertEqual(case.place_type, "municipal")

    def check_authorisation_needed(self, case):
        self.assertTrue(case.authorisation)

    def check_complainant_not_service_user(self, case):
        # C-06
        self.assertIn("service_user", case.party_ids.mapped("role"))

    def check_two_way_anonymous(self, case):
        # D-29, E-33: with the code one can read and write
        self.assertEqual(case.reply_channel, "portal")
        self.assertTrue(case.sudo().access_code_hash)
