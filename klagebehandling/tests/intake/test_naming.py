from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...sealing import receipt_code
from ..common import ComplaintCase

KARI = {"anonymity": "open", "name": "Kari Nordmann", "email": "kari@example.com"}


@tagged("post_install", "-at_install")
class TestNaming(ComplaintCase):
    """M09, M11: anonymous to named, by the person's own act only, never back."""

    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-02 09:13:27"):
            self.case = self._by_code(self._register(anonymity="anonymous"))
            self.env.flush_all()

    def _by_code(self, case):
        """The case as the status page opens it."""
        return case.with_user(self.env.ref("base.public_user")).sudo()

    def _problems(self, **values):
        with self.assertRaises(ValidationError) as caught:
            self.case._become_named({**KARI, **values})
        self.assertEqual(self.case.anonymity, "anonymous")
        self.assertFalse(self.case.party_ids.identity_sealed)
        return caught.exception.problems

    def test_person_becomes_known_to_who_handles_the_case(self):
        self.case._become_named({**KARI, "reply_channel": "email"})
        self.assertEqual(self.case.anonymity, "open")
        self.assertEqual(self.case.reply_channel, "email")
        person = self.case.party_ids.with_user(self.leader)
        self.assertEqual((person.name, person.email), (KARI["name"], KARI["email"]))
        self.assertFalse(person.is_protected)

    def test_task_is_in_the_words_of_the_handler(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.leader.lang = "sv_SE"
        self.case._become_named(dict(KARI))
        tasks = self.env["mail.activity"].search([("res_id", "=", self.case.id)])
        told = [task.summary for task in tasks if task.user_id == self.leader]
        self.assertTrue(any("klagande" in (text or "") for text in told), told)

    def test_person_becomes_known_with_protected_identity(self):
        self.case._become_named({**KARI, "anonymity": "protected"})
        self.assertEqual(self.case.anonymity, "protected")
        self.assertTrue(self.case.party_ids.is_protected)
        self.assertEqual(self.case.party_ids.name, KARI["name"])
        self.assertFalse(self.case.party_ids.user_id)

    def test_journal_and_task_tell_that_but_not_who(self):
        self.case._become_named(KARI)
        entry = self.case.journal_ids.sorted("sequence")[-1]
        events = self.case.journal_ids.mapped("event")
        self.assertIn("named_by_own_act", events)
        self.assertFalse(entry.user_id)
        tasks = self.env["mail.activity"].search([("res_id", "=", self.case.id)])
        self.assertEqual(tasks.user_id, self.leader)
        told = str(self.case.journal_ids.mapped("payload")) + str(
            tasks.mapped("summary")
        )
        self.assertNotIn("Kari", told)
        self.assertNotIn("kari@", told)

    def test_what_was_keeps_its_day(self):
        self.case._become_named(KARI)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT create_date FROM complaint_party WHERE case_id = %s", [self.case.id]
        )
        self.assertEqual(self.env.cr.fetchone()[0].minute, 0)
        self.assertEqual(self.case.received_at, datetime(2026, 11, 1, 23))

    def test_case_without_any_person_gets_one(self):
        self.case = self._by_code(self._register(anonymity="anonymous", parties=[]))
        self.case._become_named(KARI)
        self.assertEqual(self.case.party_ids.name, KARI["name"])
        self.assertEqual(self.case.party_ids.role, "complainant")

    def test_it_is_done_once(self):
        self.case._become_named(KARI)
        with self.assertRaises(ValidationError):
            self.case._become_named({**KARI, "name": "Somebody Else"})
        self.assertEqual(self.case.party_ids.name, KARI["name"])
        with self.assertRaises(UserError):
            self.case.anonymity = "anonymous"

    def test_problems_are_told_at_their_field(self):
        nobody = {"name": "", "email": ""}
        self.assertEqual(list(self._problems(**nobody)), ["name"])
        self.assertEqual(list(self._problems(anonymity="anonymous")), ["anonymity"])
        self.assertEqual(list(self._problems(anonymity="")), ["anonymity"])
        self.assertEqual(list(self._problems(email="nonsense")), ["email"])
        self.assertEqual(list(self._problems(name="N" * 300)), ["name"])
        self.assertEqual(list(self._problems(name=5)), ["name"])
        self.assertEqual(list(self._problems(reply_channel="x")), ["reply_channel"])
        for channel, field in (
            ("phone", "phone"),
            ("sms", "phone"),
            ("letter", "street"),
        ):
            self.assertEqual(list(self._problems(reply_channel=channel)), [field])
        code = receipt_code.make(b"twelve bytes")
        self.assertEqual(list(self._problems(name=code)), ["name"])

    def test_staff_have_no_way_to_it(self):
        case = self.case.with_user(self.director).sudo(False)
        for values in ({"anonymity": "open"}, {"anonymity": "protected"}):
            with self.assertRaises(UserError):
                case.write(values)
