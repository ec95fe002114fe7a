# What people say in a test is not translated.
# pylint: disable=translation-required
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...sealing.journal_check import NOTES
from ..dump import find_in_database
from .common import JournalCase

WORDS = ("Søppelkverna", "durer hele natten")


@tagged("post_install", "-at_install")
class TestErasure(JournalCase):
    """Only an act of its own empties what somebody wrote; it leaves an entry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            title="Søppelkverna", description="Den durer hele natten."
        )
        cls.case.with_user(cls.leader).summary = "Søppelkverna is loud."
        cls.case.with_user(cls.leader).action_update("<p>Søppelkverna is off.</p>")
        cls.case.correspondence_ids.filtered(
            lambda one: one.state != "sent"
        )._mark_sent("Said")
        cls.letter = cls.case.correspondence_ids

    def _erase(self, user=None, ground="She asked for it."):
        return self.case.with_user(user or self.leader).action_erase_text(ground)

    def _verify(self):
        return {(one.kind, one.what) for one in self.journal._verify(self.case)}

    def test_what_a_room_adds_takes_no_words_of_another_away(self):
        guarded = self.env.registry.descendants(["complaint.guarded"], "_inherit")
        for name in sorted(guarded):
            model = self.env.registry[name]
            if "text_erased_on" not in model._fields:
                continue
            words = {
                word
                for home in model.mro()
                for word in vars(home).get("_words", ())
                if word in model._fields
            }
            with self.subTest(model=name):
                self.assertEqual(words, {*model._words})

    def test_the_words_are_gone_from_the_whole_database(self):
        self.assertTrue(find_in_database(self.env, WORDS))
        self._erase()
        self.letter._erase_text("She asked for it.")
        self.assertEqual(find_in_database(self.env, WORDS), [])
        self.assertFalse(self.case.words_salt or self.letter.words_salt)
        self.assertEqual(self.case.text_erased_on, self.case._today())

    def test_what_differs_is_explained_by_the_erasure(self):
        self.assertFalse(self._verify())
        self._erase()
        self.assertEqual(self._verify(), {("explained", "words")})
        self.letter._erase_text("She asked for it.")
        self.assertEqual(
            self._verify(), {("explained", "words"), ("explained", "correspondence")}
        )

    def test_an_erasure_explains_nothing_else(self):
        second = self._second_letter()
        self.letter._erase_text("She asked for it.")
        with self._undone():
            self._sql(
                "UPDATE complaint_case SET description = NULL, words_salt = NULL "
                "WHERE id = %s",
                self.case.id,
            )
            self.assertIn(("differs", "words"), self._verify())
        with self._undone():
            self._sql(
                "UPDATE complaint_correspondence SET body = NULL, words_salt = NULL "
                "WHERE id = %s",
                second.id,
            )
            self.assertIn(("differs", "correspondence"), self._verify())
        self._erase()
        with self._undone():
            self._sql(
                "UPDATE complaint_case SET description = 'All is well.' WHERE id = %s",
                self.case.id,
            )
            self.assertIn(("differs", "words"), self._verify())
        self.assertFalse({kind for kind, _what in self._verify()} - NOTES)

    def _second_letter(self):
        self.case.with_user(self.leader).action_update("<p>It is on again.</p>")
        second = self.case.correspondence_ids - self.letter
        second._mark_sent("Said")
        return second

    def test_it_is_an_act_with_a_ground(self):
        for ground in ("", " ", None, False):
            with self.assertRaises(UserError):
                self._erase(ground=ground)
        self._erase()
        entry = self.case.journal_ids.filtered(lambda one: one.event == "text_erased")
        self.assertEqual(entry.user_id, self.leader)
        self.assertEqual(entry.texts, {"ground": "She asked for it."})
        self.assertTrue(entry.with_user(self.auditor).event_label)

    def test_only_who_leads_the_work_removes_a_text(self):
        for user in (self.worker, self.auditor, self.custodian, self.other_leader):
            with self.assertRaises(AccessError, msg=user.login):
                self._erase(user)
        self.assertTrue(self.case.description)

    def test_the_dialog_asks_for_the_ground(self):
        dialog = self.env["complaint.case.erase"].with_user(self.leader)
        form = Form(dialog.with_context(default_case_id=self.case.id))
        form.ground = "She asked for it."
        form.save().action_confirm()
        self.assertFalse(self.case.description)

    def test_an_answer_in_a_hearing_is_removed_with_the_statement(self):
        case = self._register(parties=[{"role": "subject", "user_id": self.worker.id}])
        hearing = self.env["complaint.hearing"].create(
            {
                "case_id": case.id,
                "party_id": case.party_ids.id,
                "points": "Lunch?",
                "medium": "here",
            }
        )
        hearing.action_ask()
        hearing.statement_id.with_user(self.worker).action_answer("Søppelkverna")
        hearing._erase_text("He asked for it.")
        self.assertFalse(hearing.answer or hearing.statement_id.answer)
        self.assertTrue(hearing.text_erased_on)
