from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import REPORT, LetterCase


@tagged("post_install", "-at_install")
class TestLetterAccess(LetterCase):
    def _show(self, letters, user):
        reports = self.env["ir.actions.report"].with_user(user)
        return reports._render_qweb_html(REPORT, letters.ids)[0]

    def _assert_refused(self, letters, user, error, words=None):
        """On paper, on the screen and by the button."""
        for way in (
            lambda: self._print(letters, user),
            lambda: self._show(letters, user),
            lambda: letters.with_user(user).action_print_letter(),
        ):
            with self.assertRaisesRegex(error, words or ""):
                way()
        self.assertFalse(self._printings(letters.case_id))

    def test_who_reads_the_letter_prints_it(self):
        letter = self._write(self.case)
        for user in (self.worker, self.leader, self.director):
            self.assertTrue(self._print(letter, user).startswith(b"%PDF"))
            self.assertIn("Kåre".encode(), self._show(letter, user))
            action = letter.with_user(user).action_print_letter()
            self.assertEqual(action["type"], "ir.actions.report")
            self.assertTrue(action["is_pdf_ready"])
            self.assertEqual(action["context"]["active_ids"], letter.ids)

    def test_who_does_not_read_the_letter_is_refused(self):
        letter = self._write(self.case)
        for user in (
            self.employee,
            self.other_leader,
            self.auditor,
            self.custodian,
            self.independent,
        ):
            self._assert_refused(letter, user, AccessError)

    def test_kept_copy_is_refused_as_well(self):
        letter = self._write(self.case)
        self._print(letter)
        for user in (self.employee, self.other_leader, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                self._print(letter, user)
        self.assertEqual(len(self._printings(self.case)), 1)

    def test_walled_manager_cannot_tell_a_hidden_letter_from_none(self):
        case = self._register_writer(
            parties=[
                {"role": "complainant", "name": "Kåre", "street": "Gata 1"},
                {"role": "subject", "user_id": self.leader.id, "name": "Leader"},
            ]
        )
        letter = self._write(case)
        self._assert_refused(letter, self.leader, AccessError, "no such document")
        with self.assertRaisesRegex(AccessError, "no such document"):
            self._print(letter.browse(letter.id + 1000), self.leader)

    def test_anonymous_case_has_no_letter(self):
        case = self._register(anonymity="anonymous", parties=[{"role": "complainant"}])
        with self.assertRaisesRegex(UserError, "anonymous"):
            self._write(case)
        # Were there one all the same, it would not be printed.
        letter = self._write(case, medium="portal")
        self.env.cr.execute(
            "UPDATE complaint_correspondence SET medium = 'letter' WHERE id = %s",
            [letter.id],
        )
        letter.invalidate_recordset()
        self._assert_refused(letter, self.leader, UserError, "anonymous")

    def test_nobody_to_write_to(self):
        case = self._register(
            parties=[{"role": "complainant", "email": "a@example.com"}]
        )
        letter = self._write(case)
        self._assert_refused(letter, self.leader, UserError, "no name and no address")

    def test_what_came_in_is_not_printed_as_ours(self):
        letter = self._write(self.case, direction="in", state="sent")
        self._assert_refused(letter, self.leader, UserError, "what we write")

    def test_protected_identity_is_printed_by_who_may_see_it_only(self):
        case = self._register_writer(anonymity="protected")
        letter = self._write(case)
        for user in (self.worker, self.leader, self.director):
            self._assert_refused(letter, user, AccessError, "protected")
        # The custodian does not know what the case is about.
        self._assert_refused(letter, self.custodian, AccessError)
        both = self._create_both()
        self.assertIn("Kåre Østerås", self._text(self._print(letter, both)))
        # The kept copy, too, stays closed for all others.
        with self.assertRaisesRegex(AccessError, "protected"):
            self._print(letter, self.leader)
        kept = (
            self.env["ir.attachment"]
            .with_user(self.leader)
            .search([("res_model", "=", letter._name), ("res_id", "=", letter.id)])
        )
        self.assertFalse(kept.raw.startswith(b"%PDF"))

    def test_without_address_staff_print_for_the_custodian(self):
        case = self._register_writer(anonymity="protected")
        letter = self._write(case)
        name = case.with_user(self.worker).pseudonym_ids.name
        unaddressed = f"{REPORT}_unaddressed"
        for user in (self.worker, self.leader):
            self.assertFalse(letter.with_user(user).is_addressable)
            action = letter.with_user(user).action_print_unaddressed()
            self.assertIn("unaddressed", action["report_name"])
            text = self._text(self._print(letter, user, report=unaddressed))
            self.assertIn(name, text)
            self.assertIn("Maten er varm nå.", text)
            for part in ("Kåre", "Østerås", "Fjellgata", "0566"):
                self.assertNotIn(part, text)
        # What a client says in its context opens nothing.
        with self.assertRaisesRegex(AccessError, "protected"):
            self._print(letter, self.worker, complaint_unaddressed=True)
        # The two kept copies are not taken for each other.
        both = self._create_both()
        self.assertIn("Kåre Østerås", self._text(self._print(letter, both)))
        again = self._text(self._print(letter, self.worker, report=unaddressed))
        self.assertNotIn("Østerås", again)
        for user in (self.custodian, self.auditor, self.employee):
            with self.assertRaises(AccessError):
                self._print(letter, user, report=unaddressed)

    def test_guardian_of_a_protected_person_is_printed_without_address(self):
        parties = [
            {"role": "complainant", "name": "Kåre Østerås", "street": "Gata 1"},
            {"role": "representative", "name": "Ola Verge", "street": "Torget 2"},
        ]
        case = self._register(anonymity="protected", parties=parties)
        letter = self._write(case)
        self._assert_refused(letter, self.leader, AccessError, "protected")
        action = letter.with_user(self.leader).action_print_unaddressed()
        self.assertIn("unaddressed", action["report_name"])
        text = self._text(self._print(letter, report=f"{REPORT}_unaddressed"))
        for part in ("Kåre", "Gata", "Ola", "Torget"):
            self.assertNotIn(part, text)
        self.assertIn(letter.recipient_id._neutral_name(), text)

    def test_a_granted_request_prints_the_address_and_is_entered(self):
        case = self._register_writer(anonymity="protected")
        letter = self._write(case)
        request_id = case.with_user(self.worker).action_request_identity("To post it.")
        request = self.env["complaint.identity.request"].browse(request_id)
        with self.assertRaisesRegex(AccessError, "protected"):
            self._print(letter, self.worker)
        request.with_user(self.custodian).action_grant("Post it.", days=1)
        self.assertTrue(letter.with_user(self.worker).is_addressable)
        for number in (1, 2):
            text = self._text(self._print(letter, self.worker))
            self.assertIn("Kåre Østerås", text)
            events = case.journal_ids.mapped("event")
            self.assertEqual(events.count("identity_revealed"), number)
        with self.assertRaisesRegex(AccessError, "protected"):
            self._print(letter, self.leader)
        with freeze_time(request.expires_at):
            request.invalidate_recordset()
            with self.assertRaisesRegex(AccessError, "protected"):
                self._print(letter, self.worker)

    def test_print_menu_offers_letters_to_handlers(self):
        Actions = self.env["ir.actions.actions"]
        report = self.env.ref(REPORT)
        for user, offered in ((self.worker, True), (self.employee, False)):
            bindings = Actions.with_user(user).get_bindings("complaint.correspondence")
            ids = [action["id"] for action in bindings.get("report", ())]
            self.assertEqual(report.id in ids, offered, user.login)
