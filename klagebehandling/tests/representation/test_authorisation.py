# What people write in a test is not translated.
# pylint: disable=translation-required
import base64
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.intake.refused import IntakeRefused
from ...models.representation import complaint_authorisation
from ..common import ComplaintCase

NOW = "2026-11-10 09:00:00"
GUARDIAN = {"role": "representative", "name": "Ola Verge", "email": "ola@example.com"}
PERSON = {"role": "complainant", "name": "Kari Nordmann", "email": "kari@example.com"}
USER = {"role": "service_user", "name": "Per Nordmann", "street": "Fjellgata 1"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAuthorisation(ComplaintCase):
    """Who speaks for another person, and by what right (C-31, M58)."""

    def _case(self, *parties, **values):
        parties = parties or (PERSON, GUARDIAN)
        values = {"reply_channel": "letter", **values}
        return self._register(parties=list(parties), **values)

    def _party(self, case, role="representative"):
        return case.party_ids.filtered(lambda party: party.role == role)

    def _allow(self, case, user=None, **values):
        rows = self.env["complaint.authorisation"].with_user(user or self.leader)
        party = self._party(case)[:1].id
        return rows.create({"case_id": case.id, "party_id": party, **values})

    def _write(self, case, user=None, **values):
        case = case.with_user(user or self.leader)
        case.action_update("<p>Per has been moved.</p>", **values)
        return case.sudo().correspondence_ids.sorted("id")[-1:]

    def test_without_authorisation_the_letter_goes_to_the_person(self):
        # C-06, C-31
        case = self._case()
        self.assertEqual(case._recipient().role, "complainant")
        self.assertTrue(case.is_authority_missing)
        for kind, scope in (("next_of_kin", "all"), ("guardian", "speak")):
            self._allow(case, kind=kind, scope=scope)
            self.assertEqual(case._recipient().role, "complainant", (kind, scope))
        self._allow(case, kind="guardian")
        self.assertEqual(case._recipient().role, "representative")
        self.assertEqual(self._write(case).recipient_id, self._party(case))
        self.assertFalse(case.is_authority_missing)

    def test_service_user_is_written_to_where_nobody_else_is_known(self):
        # C-06
        case = self._case(GUARDIAN, USER)
        self.assertEqual(case._recipient().role, "service_user")
        other = self._case(GUARDIAN, {"role": "service_user"})
        self.assertEqual(other._recipient().role, "representative")

    def test_two_representatives_the_one_with_authorisation_is_written_to(self):
        case = self._case(GUARDIAN, {**GUARDIAN, "name": "Eva Verge"})
        second = self._party(case).sorted("id")[-1:]
        self._allow(case, party_id=second.id)
        self.assertEqual(case._recipient(), second)

    def test_what_is_written_to_who_has_none_is_decided_on_each_time(self):
        # C-31
        case = self._case(GUARDIAN)
        with self.assertRaises(UserError) as refused:
            self._write(case)
        self.assertIn("no valid authorisation", str(refused.exception))
        for reason in (None, " ", "x" * 3000):
            with self.assertRaises(UserError):
                case.with_user(self.leader).action_write_unauthorised(reason)
        case.with_user(self.leader).action_write_unauthorised("Per has said so.")
        letter = self._write(case)
        self.assertEqual(letter.authority_reason, "Per has said so.")
        entry = case.journal_ids.filtered(lambda o: o.event == "unauthorised_written")
        self.assertEqual(len(entry), 1)
        with self.assertRaises(UserError):
            self._write(case)
        for act, values in (
            ("action_close", {"outcome": "upheld", "reason": "Per was moved."}),
            ("action_delay", {"reason": "Per is ill.", "until": "2027-01-15"}),
            ("action_answer", {"body": "<p>Per</p>"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                getattr(case.with_user(self.leader), act)(**values)

    def test_nothing_is_decided_before_an_authorisation_is_missing(self):
        # C-31
        case = self._case(PERSON)
        with self.assertRaisesRegex(UserError, "nothing to decide"):
            case.with_user(self.leader).action_write_unauthorised("For later.")
        self.assertFalse(case.authority_reason)

    def test_standard_words_and_the_clock_need_no_decision(self):
        case = self._case(GUARDIAN)
        case.with_user(self.leader).action_acknowledge()
        self._deadline(case, "close")._tell_neutrally()
        purposes = case.correspondence_ids.mapped("purpose")
        self.assertEqual(set(purposes), {"acknowledgement", "delay"})

    def test_letter_to_the_person_is_not_on_a_page_that_another_may_open(self):
        # C-31
        case = self._case(reply_channel="portal")
        with self.assertRaises(UserError) as refused:
            self._write(case)
        self.assertIn("may have the code", str(refused.exception))
        letter = self._write(case, medium="letter")
        self.assertTrue(letter.is_withheld)
        letter._mark_failed("Came back")
        self.assertFalse(case.correspondence_ids.filtered("replaces_id"))
        self._allow(case).sudo()._end("person", "By the person")
        case._draw_code()
        self.assertFalse(self._write(case).is_withheld)

    def test_page_is_the_persons_own_only_after_the_person_ended_it(self):
        # C-31
        ours, sooner = (self._case(reply_channel="portal") for _number in range(2))
        self._allow(ours).action_end("Kari called.")
        ours._draw_code()
        row = self._allow(sooner).sudo()
        sooner._draw_code()
        with freeze_time("2026-11-11 09:00:00"):
            row._end("person", "By the person")
        for case in (ours, sooner):
            with self.assertRaises(UserError):
                self._write(case)

    def test_nobody_is_asked_for_the_right_of_who_is_anonymous(self):
        case = self._case({"role": "representative"})
        self.assertFalse(case.is_authority_missing)

    def test_dialog_warns_and_keeps_the_decision(self):
        case = self._case(GUARDIAN).with_user(self.leader)
        dialogs = self.env["complaint.case.compose"].with_user(self.leader)
        dialogs = dialogs.with_context(
            default_case_id=case.id, default_purpose="message"
        )
        form = Form(dialogs)
        form.body = "<p>Per has been moved.</p>"
        self.assertIn("no valid authorisation", form.authority_warning)
        dialog = form.save()
        with self.assertRaises(UserError), self.cr.savepoint():
            dialog.action_send()
        dialog.authority_reason = "Per has said so."
        dialog.action_send()
        letter = case.sudo().correspondence_ids.filtered("authority_reason")
        self.assertEqual(letter.authority_reason, "Per has said so.")
        self.assertFalse(case.sudo().authority_reason)
        named = Form(dialogs.with_context(default_case_id=self._case(PERSON).id))
        self.assertFalse(named.authority_warning)

    def test_it_is_valid_from_its_first_day_to_its_last(self):
        case = self._case()
        row = self._allow(case, valid_from="2026-11-12", valid_until="2026-11-20")
        self.assertEqual(row.state, "planned")
        for moment, state, role in (
            ("2026-11-12 09:00:00", "valid", "representative"),
            ("2026-11-20 22:00:00", "valid", "representative"),
            ("2026-11-20 23:30:00", "expired", "complainant"),
        ):
            with freeze_time(moment):
                row.invalidate_recordset()
                self.assertEqual((row.state, case._recipient().role), (state, role))
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self._allow(case, valid_from="2026-11-12", valid_until="2026-11-11")

    def test_the_clock_warns_before_it_runs_out_and_is_nobodys_delay(self):
        # C-31
        case = self._case()
        row = self._allow(case, valid_until="2026-11-20")
        deadline = row.sudo().deadline_id
        self.assertEqual(deadline.milestone, "authorisation")
        with freeze_time("2026-11-18 09:00:00"):
            deadline._escalate()
            self.assertEqual(deadline.warned, "handler")
        with freeze_time("2026-11-21 09:00:00"):
            deadline._escalate()
            deadline._escalate()
            self.assertEqual(deadline.state, "waived")
            self.assertFalse(deadline.late_at)
            summaries = case.activity_ids.mapped("summary")
            self.assertIn("An authorisation has run out", summaries)
            self.assertFalse(case.is_reason_missing)
            renewed = self._allow(case, valid_until="2027-05-01")
        again = renewed.sudo().deadline_id
        self.assertEqual(again.state, "running")
        self._allow(case, valid_until="2027-08-01")
        self.assertEqual(again.state, "met")

    def test_nobody_is_asked_for_it_after_the_end(self):
        case = self._case(PERSON, GUARDIAN)
        row = self._allow(case, valid_until="2027-05-01")
        case.with_user(self.leader).action_close(outcome="upheld")
        self.assertEqual(row.sudo().deadline_id.state, "waived")
        case.with_user(self.leader).action_reopen("New facts")
        self.assertEqual(row.sudo().deadline_id.state, "running")

    def test_copy_is_sealed_among_the_files(self):
        case = self._case()
        with self.assertRaises(UserError), self.cr.savepoint():
            self._allow(case, shown="copy")
        for content in ("", "***", 5, base64.b64encode(b"").decode()):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._allow(case, shown="copy", copy_file=content)
        with (
            patch.object(complaint_authorisation, "LARGEST", 3),
            self.assertRaises(UserError),
            self.cr.savepoint(),
        ):
            large = base64.b64encode(b"four").decode()
            self._allow(case, shown="copy", copy_file=large)
        content = base64.b64encode(b"I let Ola speak for me.").decode()
        row = self._allow(
            case, shown="copy", copy_file=content, copy_name="Kari Nordmann.txt"
        )
        original = row.sudo().original_id
        self.assertEqual(original.case_id, case)
        self.assertTrue(original.facts_sealed)
        self.env.flush_all()
        self.cr.execute(
            "SELECT count(*) FROM ir_attachment "
            "WHERE res_model = 'complaint.authorisation'"
        )
        self.assertEqual(self.cr.fetchone(), (0,))

    def test_it_is_ended_and_never_changed(self):
        case = self._case()
        row = self._allow(case, valid_until="2027-05-01")
        with self.assertRaises(UserError):
            row.action_end()
        row.action_end("Kari called.")
        self.assertEqual((row.state, row.ended_by), ("ended", "staff"))
        self.assertEqual(row.sudo().deadline_id.state, "waived")
        self.assertEqual(case._recipient().role, "complainant")
        with self.assertRaises(UserError):
            row.action_end("Again")
        for values in (
            {"kind": "parent"},
            {"valid_until": False},
            {"ended_on": False},
            {"end_reason": "Otherwise"},
        ):
            with self.assertRaises(UserError):
                row.write(values)
        with self.assertRaises(AccessError):
            row.unlink()
        told = [step["text"] for step in case._timeline()]
        self.assertIn("Somebody no longer speaks for you.", told)
        self.assertNotIn("Kari called", str(case._timeline()))

    def test_person_ends_it_with_a_code_that_nobody_else_has_seen(self):
        case = self._case(channel="phone")
        row = self._allow(case)
        with self.assertRaises(IntakeRefused):
            case._end_authorisation(row.id)
        case._draw_code()
        other = self._allow(self._case())
        for id_ in ("", "x", other.id, -1):
            self.assertFalse(case._end_authorisation(id_))
        self.assertTrue(case._end_authorisation(str(row.id)))
        self.assertEqual((row.state, row.ended_by), ("ended", "person"))
        said = "The person has ended an authorisation"
        self.assertIn(said, case.activity_ids.mapped("summary"))
        self.assertFalse(case._end_authorisation(row.id))

    def test_it_is_of_somebody_who_speaks_in_the_same_case(self):
        case, other = self._case(), self._case()
        with self.assertRaises(ValidationError):
            self._allow(case, party_id=self._party(other).id)
        subject = {"role": "subject", "is_outsider": True, "case_id": case.id}
        subject = self.env["complaint.party"].create(subject)
        with self.assertRaises(ValidationError):
            self._allow(case, party_id=subject.id)

    def test_only_who_works_the_case_sees_and_enters_it(self):
        case = self._case()
        row = self._allow(case)
        subject = {"case_id": case.id, "role": "subject", "user_id": self.worker.id}
        self.env["complaint.party"].create(subject)
        self.assertFalse(row.with_user(self.worker).exists())
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        away = self._create_user("away", "group_manager")
        away.write(
            {"company_ids": [Command.set(foreign.ids)], "company_id": foreign.id}
        )
        for user in (self.auditor, self.custodian, self.employee, self.owner):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["kind"])
            with self.assertRaises(AccessError):
                self._allow(case, user)
            with self.assertRaises(AccessError):
                case.with_user(user).action_write_unauthorised("Because")
        self.assertFalse(row.with_user(away).search([("id", "=", row.id)]))
        with self.assertRaises(UserError):
            self._allow(case, ended_on="2026-11-01")
