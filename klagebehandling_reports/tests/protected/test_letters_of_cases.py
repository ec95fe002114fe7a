from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import LetterCase


@tagged("post_install", "-at_install")
class TestLettersOfCases(LetterCase):
    """The letters of many cases, printed at once from a list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.case + cls._register_writer()
        cls.letters = cls._write(cls.case) + cls._write(cls.cases[1])

    def _asked(self, cases, user=None):
        return cases.with_user(user or self.leader).action_print_letters()

    def test_what_waits_on_paper_is_printed_at_once(self):
        self._write(self.case, medium="portal")
        self._write(self.case, state="draft")
        action = self._asked(self.cases)
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(action["context"]["active_ids"], self.letters.ids)

    def test_each_printing_is_in_the_journal_of_its_case(self):
        action = self._asked(self.cases)
        letters = self.letters.browse(action["context"]["active_ids"])
        self.assertTrue(self._print(letters).startswith(b"%PDF"))
        for case in self.cases:
            printing = self._printings(case)
            self.assertEqual(len(printing), 1)
            self.assertEqual(printing.user_id, self.leader)

    def test_who_does_not_read_the_letters_is_refused(self):
        for user in (
            self.employee,
            self.other_leader,
            self.auditor,
            self.custodian,
            self.independent,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._asked(self.cases, user)

    def test_walled_manager_prints_none_of_them(self):
        #
        walled = self._register_writer(
            parties=[
                {"role": "complainant", "name": "Kåre", "street": "Gata 1"},
                {"role": "subject", "user_id": self.leader.id, "name": "Leader"},
            ]
        )
        self._write(walled)
        with self.assertRaises(AccessError):
            self._asked(self.cases + walled)

    def test_a_protected_address_stops_them_and_its_case_is_named(self):
        #
        protected = self._register_writer(anonymity="protected")
        self._write(protected)
        with self.assertRaisesRegex(UserError, protected.reference):
            self._asked(self.cases + protected)

    def test_where_nothing_waits_it_says_so(self):
        case = self._register_writer()
        with self.assertRaisesRegex(UserError, "No letter waits"):
            self._asked(case)
