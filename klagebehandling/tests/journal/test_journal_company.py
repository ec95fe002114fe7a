import pathlib
import tempfile
from datetime import datetime

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...sealing import journal_witness
from .common import JournalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestJournalCompany(JournalCase):
    """C-25, M19: who may see, and under which key, is evidence too."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.witness = pathlib.Path(folder) / "witness"
        self.patch(journal_witness, "witness_file", lambda: self.witness)

    def _entries(self, event):
        return self.company_journal.search(
            [("company_id", "=", self.company.id), ("event", "=", event)],
            order="sequence",
        )

    # Who reads it

    def test_auditors_read_it_and_nobody_else(self):
        entry = self.journal._log_company(self.company, "keyring_changed")
        found = self.company_journal.with_user(self.auditor).search([])
        self.assertIn(entry, found)
        self.assertEqual(entry.with_user(self.auditor).event, "keyring_changed")
        for user in (
            self.worker,
            self.director,
            self.independent,
            self.custodian,
            self.employee,
        ):
            with self.assertRaises(AccessError):
                self.company_journal.with_user(user).search([])
            with self.assertRaises(AccessError):
                entry.with_user(user).read(["event"])

    def test_auditors_of_another_company_do_not_read_it(self):
        entry = self.journal._log_company(self.company, "keyring_changed")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "test_stranger_auditor",
            groups="klagebehandling.group_auditor",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        found = self.company_journal.with_user(stranger).search([])
        self.assertNotIn(entry, found)
        with self.assertRaises(AccessError):
            entry.with_user(stranger).read(["event"])

    def test_it_is_never_changed(self):
        entry = self.journal._log_company(self.company, "keyring_changed")
        for user, error in ((self.env.user, UserError), (self.auditor, AccessError)):
            with self.assertRaises(error):
                entry.with_user(user).write({"event": "x"})
            with self.assertRaises(error):
                entry.with_user(user).unlink()
        with self.assertRaises(AccessError):
            self.company_journal.with_user(self.auditor).create({"event": "x"})

    # Roles

    def test_roles_given_and_taken_are_entered(self):
        group = self.env.ref("klagebehandling.group_manager")
        before = self._entries("members_changed")
        self.employee.write({"group_ids": [Command.link(group.id)]})
        self.employee.write({"name": "Renamed"})
        self.employee.write({"group_ids": [Command.unlink(group.id)]})
        given, taken = self._entries("members_changed") - before
        self.assertEqual(
            given.payload,
            {"user": self.employee.id, "given": ["handler", "manager"], "taken": []},
        )
        self.assertEqual(taken.payload["taken"], ["handler", "manager"])

    def test_a_role_given_by_the_group_is_entered(self):
        group = self.env.ref("klagebehandling.group_auditor")
        before = self._entries("members_changed")
        group.write({"user_ids": [Command.link(self.employee.id)]})
        entry = self._entries("members_changed") - before
        self.assertEqual(
            (entry.payload["user"], entry.payload["given"]),
            (self.employee.id, ["auditor"]),
        )
        self.assertIn("Auditor", entry.details)
        self.assertIn(self.employee.name, entry.details)

    def test_a_role_given_by_another_group_is_entered(self):
        custodian = self.env.ref("klagebehandling.group_custodian")
        before = self._entries("members_changed")
        group = self.env["res.groups"].create(
            {"name": "Neighbours", "user_ids": [Command.link(self.employee.id)]}
        )
        self.assertFalse(self._entries("members_changed") - before)
        group.write({"implied_ids": [Command.link(custodian.id)]})
        given = self._entries("members_changed") - before
        self.assertEqual(given.payload["given"], ["custodian"])
        group.unlink()
        taken = self._entries("members_changed") - before - given
        self.assertEqual(taken.payload["taken"], ["custodian"])

    def test_a_new_user_with_a_role_is_entered_and_one_without_is_not(self):
        before = self._entries("members_changed")
        self._create_user("plain")
        self.assertFalse(self._entries("members_changed") - before)
        user = self._create_user("second", "group_auditor")
        entry = self._entries("members_changed") - before
        self.assertEqual(entry.payload["user"], user.id)
        user.unlink()
        gone = self._entries("members_changed") - before - entry
        self.assertEqual(gone.payload["taken"], ["auditor"])

    def test_the_technical_right_is_told_of_who_has_it_without_a_role(self):
        before = self._entries("members_changed")
        right, handler = (
            self.env.ref(f"klagebehandling.group_{name}")
            for name in ("caseworker", "handler")
        )
        self.employee.write({"group_ids": [Command.link(right.id)]})
        given = self._entries("members_changed") - before
        self.assertEqual(given.payload["given"], ["caseworker"])
        self.employee.write({"group_ids": [Command.link(handler.id)]})
        raised = self._entries("members_changed") - before - given
        self.assertEqual(raised.payload["given"], ["handler"])
        self.employee.write({"group_ids": [Command.unlink(handler.id)]})
        left = self._entries("members_changed") - before - given - raised
        self.assertEqual(left.payload["given"], ["caseworker"])
        self.assertEqual(left.payload["taken"], ["handler"])

    def test_other_groups_leave_no_entry(self):
        before = self.company_journal.search([])
        self.employee.write(
            {"group_ids": [Command.link(self.env.ref("base.group_no_one").id)]}
        )
        group = self.env["res.groups"].create({"name": "Neighbours"})
        group.write({"user_ids": [Command.link(self.employee.id)]})
        self.assertEqual(self.company_journal.search([]), before)

    # Rules of access

    def test_a_changed_rule_is_entered_with_what_it_was(self):
        rule = self.env.ref("klagebehandling.complaint_case_rule_wall")
        was = rule.domain_force
        rule.domain_force = "[(1, '=', 1)]"
        entry = self._entries("rule_changed")
        self.assertEqual(entry.payload["rule"], "ir.rule")
        self.assertEqual(entry.payload["model"], "complaint.case")
        self.assertEqual(entry.payload["before"], {"domain": was})
        self.assertEqual(entry.payload["after"], {"domain": "[(1, '=', 1)]"})
        rule.active = False
        self.assertEqual(
            (self._entries("rule_changed") - entry).payload["after"], {"active": False}
        )

    def test_new_and_deleted_access_is_entered(self):
        access = self.env["ir.model.access"].create(
            {
                "name": "everybody",
                "model_id": self.env.ref("klagebehandling.model_complaint_party").id,
                "perm_read": True,
            }
        )
        made = self._entries("rule_changed")
        self.assertTrue(made.payload["after"]["perm_read"])
        access.unlink()
        gone = self._entries("rule_changed") - made
        self.assertEqual(gone.payload["rule_name"], "everybody")
        self.assertNotIn("after", gone.payload)

    def test_a_rule_written_as_it_was_or_of_others_leaves_no_entry(self):
        rule = self.env.ref("klagebehandling.complaint_case_rule_wall")
        rule.write({"domain_force": rule.domain_force})
        self.env.ref("base.res_partner_rule").write({"name": "Renamed"})
        self.assertFalse(self._entries("rule_changed"))

    def test_a_procedure_put_in_force_is_entered(self):
        draft = self._create_policy("other").copy()
        draft.write(
            {"valid_from": fields.Date.today(), "change_reason": "Longer limits."}
        )
        draft.term_ids[0].amount = 99
        draft.with_user(self.owner).action_put_in_force()
        entry = self._entries("policy_in_force")
        self.assertEqual(entry.payload["policy"], "other")
        self.assertEqual(entry.payload["valid_from"], str(draft.valid_from))
        self.assertEqual(entry.user_id, self.owner)
        # With old and new value, and nothing else but why (C-34)
        self.assertEqual(entry.payload["fields"], ["change_reason", "term_ids"])
        amounts = [
            [term["amount"] for term in entry.payload[key]["term_ids"]]
            for key in ("before", "after")
        ]
        self.assertEqual(amounts, [[10, 14, 1], [99, 14, 1]])
        self.assertIn("99", entry.details)

    # Anchors

    def test_an_anchor_binds_what_is_older_than_a_day_once(self):
        anchor = self.company_journal._anchor_next
        young = {"before": datetime(2026, 11, 2)}
        self.assertEqual(anchor(self.company, **young), 0)
        self._anchor()
        bound = self._entries("anchored")
        self.assertEqual(len(bound), 1)
        last = max(self.cases.journal_ids.ids)
        self.assertEqual(bound.payload["until_id"], last)
        self._anchor()
        self.assertEqual(self._entries("anchored"), bound)
        with freeze_time("2026-11-02 20:00:00"):
            self.other.with_user(self.leader).action_withdraw("By phone")
        self._anchor()
        later = self._entries("anchored") - bound
        self.assertEqual(later.payload["after_id"], last)
        self.assertEqual(self._findings(), [])

    def test_the_cron_anchors_every_organisation(self):
        with freeze_time("2026-11-05 09:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "klagebehandling.ir_cron_anchor_journal"
            ).method_direct_trigger()
        self.assertEqual(len(self._entries("anchored")), 1)

    def test_an_anchor_stops_before_what_is_young_even_if_older_ids_follow(self):
        first = self.case.journal_ids.sorted("id")[0]
        with freeze_time("2026-11-09 09:00:00"):
            self.case.with_user(self.leader).action_reopen("New facts")
            young = self.case.journal_ids.filtered(lambda one: one.event == "reopened")
        with freeze_time("2026-11-02 10:00:00"):
            self._register()
        self.company_journal._anchor_next(self.company, before=datetime(2026, 11, 4))
        until = self._entries("anchored").payload["until_id"]
        self.assertLess(until, young.id)
        self.assertGreaterEqual(until, first.id)

    def test_the_journal_of_the_organisation_is_checked_like_a_case(self):
        self.journal._log_company(self.company, "keyring_changed")
        self._anchor()
        self.journal._log_company(self.company, "keyring_changed")
        entries = self.company_journal.search([("company_id", "=", self.company.id)])
        for entry in entries:
            for query in (
                "UPDATE complaint_company_journal SET event = 'x' WHERE id = %s",
                "UPDATE complaint_company_journal SET algorithm = 1 WHERE id = %s",
                "UPDATE complaint_company_journal SET payload = '[]' WHERE id = %s",
                "UPDATE complaint_company_journal SET company_id = 1, "
                "sequence = sequence + 1000 WHERE id = %s",
                "DELETE FROM complaint_company_journal WHERE id = %s",
            ):
                with self.subTest(entry=entry.event, query=query), self._undone():
                    self._sql(query, entry.id)
                    self.assertTrue(self._findings())
        with self._undone():
            self._sql(
                "UPDATE res_company SET complaint_journal_head = repeat('a', 64) "
                "WHERE id = %s",
                self.company.id,
            )
            self.assertEqual(self._kinds(), {"head"})

    # The witness outside the database

    def _remove_chain_from(self, sequence):
        self._sql(
            "DELETE FROM complaint_company_journal "
            "WHERE company_id = %s AND sequence >= %s",
            self.company.id,
            sequence,
        )
        self._sql(
            "UPDATE res_company SET complaint_journal_count = %s, "
            "complaint_journal_head = (SELECT digest FROM complaint_company_journal "
            "WHERE company_id = %s ORDER BY sequence DESC LIMIT 1) WHERE id = %s",
            sequence - 1,
            self.company.id,
            self.company.id,
        )

    def test_anchors_removed_with_their_head_are_known_to_the_witness(self):
        self.journal._log_company(self.company, "keyring_changed")
        self._anchor()
        self.env.cr.postcommit.run()
        self.assertIn(str(self.company.id), self.witness.read_text())
        self.assertEqual(self.witness.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self._findings(), [])
        last = self._entries("anchored")[-1].sequence
        for sequence in (last, 1):
            with self.subTest(sequence=sequence), self._undone():
                self._remove_chain_from(sequence)
                self.assertEqual(self._kinds(), {"set_back"})

    def test_the_witness_is_told_after_the_commit_only(self):
        self._anchor()
        self.assertFalse(self.witness.exists())

    def test_a_witness_that_cannot_be_written_stops_nothing(self):
        self._anchor()
        self.witness.mkdir()
        with self.assertLogs("odoo.addons.klagebehandling", "WARNING"):
            self.env.cr.postcommit.run()
