# What people say in a test is not translated.
# pylint: disable=translation-required
import base64
import pathlib

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import config
from odoo.tools.safe_eval import safe_eval

from ...sealing import keyring
from ...sealing.journal_check import NOTES
from ..dump import find_in_database
from .common import TODAY, RetentionCase

WORD = "Kvitrevebjelle"
FILE = b"Ask for Kvitrevebjelle in the yard. " * 20


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDisposalSteps(RetentionCase):
    """A disposal leaves a stub, a journal that verifies, and no word (C-25, M36)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        before = set(cls._filestore())
        cls.full = cls._ended(
            fill=cls._fill,
            title=f"About {WORD}",
            description=f"{WORD} was there.",
            desired_outcome=f"More of {WORD}",
            parties=[
                {"role": "complainant", "name": WORD, "email": f"{WORD}@example.com"},
                {"role": "subject", "name": WORD, "user_id": cls.worker.id},
            ],
            attachments=[
                {"name": f"{WORD}.txt", "content": base64.b64encode(FILE).decode()}
            ],
        )
        cls.files = set(cls._filestore()) - before

    @classmethod
    def _fill(cls, case):
        case = case.sudo()
        of = {"case_id": case.id}
        create = {
            "note": {**of, "body": WORD},
            "point": {**of, "name": WORD, "findings": WORD, "reason": WORD},
            "plan.step": {**of, "name": WORD, "result": WORD},
            "duty": {**of, "name": WORD, "answer": WORD},
            "conduct": {**of, "fact": WORD},
            "followup": {**of, "note": WORD},
            "outgoing": {**of, "name": WORD, "reason": WORD},
        }
        for name, values in create.items():
            cls.env[f"complaint.{name}"].create(values)
        case.write({"lesson": WORD, "remedy": WORD, "summary": WORD, "heading": WORD})
        case.with_user(cls.leader).action_update(f"<p>{WORD}</p>")
        case.message_post(body=WORD, attachments=[("talk.txt", FILE)])
        case.activity_schedule(
            "mail.mail_activity_data_todo", summary=WORD, user_id=cls.leader.id
        )
        cls._meet(case)
        cls._ask(case)

    @classmethod
    def _meet(cls, case):
        meeting = cls.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2024-01-09 09:00:00", "place": WORD}
        )
        meeting.action_hold()
        minutes = cls.env["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": WORD, "discussion": WORD}
        )
        minutes._freeze()
        minutes._sign("organisation", "account", user_id=cls.leader.id)

    @classmethod
    def _ask(cls, case):
        """Somebody is heard, somebody has a measure, something is handed on."""
        hearing = cls.env["complaint.hearing"].create(
            {
                "case_id": case.id,
                "party_id": case.party_ids.filtered("user_id").id,
                "points": WORD,
            }
        )
        hearing.statement_id = cls.env["complaint.hearing.statement"].create(
            {
                "user_id": cls.worker.id,
                "company_id": cls.company.id,
                "points": WORD,
                "answer": WORD,
                "is_answered": True,
            }
        )
        cls.env["complaint.action"].create(
            {
                "case_id": case.id,
                "name": WORD,
                "due_on": "2024-02-01",
                "owner_id": cls.worker.id,
            }
        ).with_user(cls.leader).action_done(WORD)
        referral = cls.env["complaint.referral"].create(
            {"case_id": case.id, "note": WORD}
        )
        for values in (
            {"text": WORD},
            {"name": f"{WORD}.txt", "content": base64.b64encode(FILE)},
        ):
            cls.env["complaint.referral.document"].create(
                {"referral_id": referral.id, **values}
            )

    @classmethod
    def _filestore(cls):
        folder = pathlib.Path(config.filestore(cls.env.cr.dbname))
        return [path for path in folder.glob("[0-9a-f][0-9a-f]/*") if path.is_file()]

    def _facts(self, case):
        """What figures count of a case, row by row."""
        figures = self.env["complaint.figure"]
        policy = case.policy_id
        scope = figures._of_procedure(policy, *map(self._day, ("2024-01", "2024-12")))
        return figures._count(scope)

    def _day(self, month):
        return self.env["complaint.case"]._fields["event_date"].to_date(f"{month}-01")

    def _sealed(self):
        """Our models that seal something of a case."""
        sealed = set(self.env.registry.descendants(["complaint.sealed"], "_inherit"))
        return sorted(sealed & {*self.disposals._models_of_cases()})

    # -- what goes

    def test_no_word_is_left_in_the_database(self):
        # C-25
        self.assertGreater(len(find_in_database(self.env, [WORD])), 15)
        self._disposed(self.full)
        self.assertEqual(find_in_database(self.env, [WORD]), [])
        self.assertTrue(self.full.disposed_on)

    def test_what_is_sealed_goes_too(self):
        """No key helps: what was sealed is not there any more."""
        sealed = {name: self.env[name]._sealed_column for name in self._sealed()}
        self._disposed(self.full)
        for name, column in sealed.items():
            rows = self.env[name].sudo().with_context(active_test=False)
            for row in rows.search([("case_id", "=", self.full.id)]):
                self.assertFalse(row[column], name)
        self.assertFalse(self.full.party_ids.mapped("name")[0])
        self.assertFalse(self.full.party_ids.user_id)

    def test_files_go_from_the_disk(self):
        self.assertTrue(any(FILE in path.read_bytes() for path in self.files))
        self._disposed(self.full)
        names = "complaint.case", "complaint.original", "complaint.referral.document"
        left = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        self.assertFalse(
            left.search([("res_model", "in", names)]).filtered(
                lambda one: self._is_of(one, self.full)
            )
        )
        # Odoo's daily work; the test does not wait for it.
        self.env.flush_all()
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse([path for path in self.files if path.exists()])

    def _is_of(self, attachment, case):
        row = self.env[attachment.res_model].sudo().browse(attachment.res_id)
        return case in row._cases_sudo()

    def test_every_word_of_every_model_goes_but_what_is_named(self):
        """Found by looking: a column that a room or an addon adds goes too."""
        for name in self.disposals._models_of_cases():
            model = self.env[name]
            for field in model._fields.values():
                is_text = field.type in ("char", "text", "html", "json")
                if not (field.store and is_text) or field.name in model._outlives:
                    continue
                with self.subTest(model=name, field=field.name):
                    kept = {"key_mark", "kind", "kinds", "lang", "medium"}
                    self.assertIn(field.name, model._disposed_values().keys() | kept)

    def test_nobody_gets_in_by_a_code_or_a_mail(self):
        self._disposed(self.full)
        self.assertFalse(self.full.access_code_hash or self.full.submission_hash)
        self.assertFalse(any(self.full.correspondence_ids.mapped("message_id")))

    # -- what stays

    def test_figures_are_the_same_before_and_after(self):
        # C-25, M36
        before = self._facts(self.full)
        self.assertTrue(any(total for total, _part in before.values()))
        self._disposed(self.full)
        self._disposed(self.case)
        self.assertEqual(self._facts(self.full), before)

    def test_journal_is_whole_and_explains_what_is_gone(self):
        # C-25
        self.assertFalse(self._findings(self.full))
        self._disposed(self.full)
        kinds = {kind for kind, _what in self._findings(self.full)}
        self.assertEqual(kinds, {"explained"})
        self.assertLessEqual(kinds, NOTES)
        parts = [
            entry.payload["part"]
            for entry in self.full.journal_ids.sorted("sequence")
            if entry.event == "disposed"
        ]
        self.assertEqual(parts, ["identity", "words", "disposed"])
        self.assertFalse(any(entry.texts for entry in self.full.journal_ids))

    def test_check_accepts_no_disposal_that_no_journal_holds(self):
        # C-25: the same rows emptied, and no entry.
        self.disposals._dispose_of_the_rest(self.case)
        self.env.invalidate_all()
        self.assertIn(("differs", "words"), self._findings(self.case))

    def test_check_finds_what_is_put_in_the_place_of_the_words(self):
        self._disposed(self.full)
        note = self.env["complaint.note"].search([("case_id", "=", self.full.id)])
        for table, column, row, what in (
            ("complaint_case", "description", self.full, "words"),
            ("complaint_note", "body", note, "note"),
        ):
            with self.subTest(what=what):
                self.env.cr.execute(
                    f"UPDATE {table} SET {column} = 'All is well' WHERE id = %s",
                    [row.id],
                )
                self.assertIn(("differs", what), self._findings(self.full))

    def test_check_finds_a_disposal_that_left_the_words(self):
        # C-25: the entries of one, and the rows as they were.
        row = self._proposed(self.full)
        for part in ("identity", "words", "disposed"):
            row._log_step("disposed", part=part)
        found = self._findings(self.full)
        self.assertLessEqual({("undisposed", "words"), ("undisposed", "note")}, found)
        self.assertFalse(self._findings(self.case))

    def test_check_still_binds_what_the_stub_keeps(self):
        self._disposed(self.full)
        self.env.cr.execute(
            "UPDATE complaint_case SET received_at = '2023-01-01' WHERE id = %s",
            [self.full.id],
        )
        self.assertIn(("differs", "dates"), self._findings(self.full))

    def test_keys_have_nothing_that_they_cannot_open(self):
        self._disposed(self.full)
        for name in self._sealed():
            closed = [
                key for key in self.env[name]._count_sealed() if not key[1] and key[0]
            ]
            self.assertFalse(closed, name)
        self.assertTrue(keyring.key_mark())

    # -- in steps

    def test_killed_between_two_steps_it_goes_on_from_there(self):
        row = self._proposed(self.full)
        row.with_user(self.approver).action_approve()
        states = []
        self.commit.side_effect = lambda *_a: states.append(row.state) and 0
        for _night in range(3):
            self._night()
        self.assertEqual(states[:3], ["identity", "words", "disposed"])

    def test_after_the_first_step_who_it_was_is_gone_and_the_words_are_not(self):
        row = self._proposed(self.full)
        row.with_user(self.approver).action_approve()
        self.commit.return_value = 0
        self._night()
        self.assertFalse(any(self.full.party_ids.mapped("name")))
        self.assertTrue(self.full.description)
        # Nothing takes it back from here on.
        self.env["complaint.hold"].create(
            {"case_id": self.full.id, "reason": "Late", "until_on": "2026-12-01"}
        )
        self.commit.return_value = 60
        self._night()
        self.assertEqual(row.state, "disposed")

    def test_running_again_changes_nothing(self):
        self._disposed(self.full)
        count = self.full.journal_count
        self._night()
        self.assertEqual(self.full.journal_count, count)
        self.assertEqual(len(self._rows(self.full)), 1)

    # -- afterwards

    def test_nobody_works_the_stub(self):
        self._disposed(self.full)
        stub = self.full.with_user(self.leader)
        self.assertEqual(stub.outcome, "upheld")
        for act in (
            lambda: stub.action_reopen("New facts"),
            lambda: stub.write({"summary": "x"}),
            lambda: stub.action_update("<p>Hello</p>"),
            lambda: stub.action_erase_text("x"),
            lambda: (
                self.env["complaint.note"]
                .with_user(self.leader)
                .create({"case_id": stub.id, "body": "x"})
            ),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertTrue(self.case.with_user(self.leader).has_access("write"))

    def test_the_stub_offers_no_act(self):
        self._disposed(self.full)
        cases = self.env["complaint.case"].with_user(self.leader)
        arch = etree.fromstring(cases.get_view(view_type="form")["arch"])
        buttons = arch.xpath("//header/button[not(ancestor::field)]") + arch.xpath(
            "//button[@id='button_bundle' or @id='button_recuse']"
        )
        self.assertTrue(buttons)
        known = {"disposed_on": self.full.disposed_on}
        for button in buttons:
            hidden = button.get("invisible")
            with self.subTest(button=button.get("id") or button.get("name")):
                # It stands first: nothing else of the expression is asked.
                self.assertTrue(safe_eval(hidden, known))
        self.assertTrue(arch.xpath("//field[@name='disposed_on']"))

    def test_another_case_keeps_all_it_has(self):
        other = self._ended("not_upheld", description="Another word: Vårpengeurt")
        before = find_in_database(self.env, ["Vårpengeurt"])
        self._disposed(self.full)
        self.assertEqual(find_in_database(self.env, ["Vårpengeurt"]), before)
        self.assertFalse(self._findings(other))
