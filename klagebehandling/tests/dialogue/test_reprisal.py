from odoo.tests import tagged

from ...models.intake.refused import IntakeRefused
from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestReprisal(ComplaintCase):
    """A-38: a reprisal becomes a case of its own, higher up; the first is silent."""

    def _report(self, case, text="They took my shift away.", **values):
        result = case._report_reprisal(text, **values)
        return case.browse(result["case_id"]), result

    def test_report_is_a_case_of_its_own_higher_up(self):
        #
        for kind in ("participant", "external_partner", "customer"):
            for anonymity in ("open", "protected", "anonymous"):
                case = self._register(
                    anonymity=anonymity,
                    parties=[{"role": "complainant", "kind": kind, "name": "Kari"}],
                )
                self.assertEqual(case.handler_id, self.leader)
                report, result = self._report(case)
                self.assertEqual(report.retaliation_of_id, case)
                self.assertEqual(report.anonymity, anonymity)
                self.assertEqual(report.party_ids.kind, kind)
                self.assertTrue(result["access_code"])
                self.assertNotEqual(report.access_code_hash, case.access_code_hash)
                self.assertEqual(report.handler_id, self.director)
                for user in (self.leader, self.worker):
                    self.assertIn(user, report.walled_user_ids)
                    self.assertFalse(
                        report.with_user(user).search_count([("id", "=", report.id)])
                    )

    def test_first_case_tells_nothing_of_the_report(self):
        case = self._register()
        events = len(case.journal_ids)
        letters, tasks = case.correspondence_ids, case.activity_ids
        self._report(case)
        case.invalidate_recordset()
        self.assertEqual(len(case.journal_ids), events)
        self.assertEqual((case.correspondence_ids, case.activity_ids), (letters, tasks))

    def test_who_handles_the_first_case_does_not_handle_the_report(self):
        case = self._register()
        case.handler_id = self.director
        report, _result = self._report(case)
        self.assertEqual(report.handler_id, self.independent)
        self.assertFalse(report.with_user(self.director).has_access("read"))

    def test_who_once_handled_the_first_case_reads_nothing_of_the_report(self):
        case = self._register()
        case.handler_id = self.independent
        case.handler_id = self.leader
        report, _result = self._report(case)
        report.is_restricted = True
        for name in (None, "Ola"):
            if name:  # another person of the case, entered later
                self.env["complaint.party"].sudo().create(
                    {"case_id": report.id, "role": "witness", "name": name}
                )
            self.assertIn(self.independent, report.barred_user_ids)
            self.assertFalse(report.with_user(self.independent).has_access("read"))

    def test_sent_twice_it_is_one_case(self):
        case = self._register()
        first, _result = self._report(case, key="token")
        second, _result = self._report(case, key="token")
        self.assertEqual(first, second)

    def test_report_needs_words(self):
        with self.assertRaises(IntakeRefused) as refusal:
            self._report(self._register(), " ")
        self.assertEqual([*refusal.exception.problems], ["text"])

    def test_persons_complained_about_are_not_taken_over(self):
        case = self._register(
            parties=[
                {"role": "complainant", "name": "Kari"},
                {"role": "subject", "name": "Somebody"},
                {"role": "witness", "name": "Ola"},
            ]
        )
        report, _result = self._report(case)
        self.assertEqual(report.party_ids.mapped("role"), ["complainant"])
