from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestWantedHelp(ComplaintCase):
    """Who needs an interpreter, an advocate or somebody to help gets one (C-31)."""

    def test_handler_sees_it_at_a_glance(self):
        case = self._register(
            invite=["interpreter", "representative", "support_person"],
            interpreter_language="Sorani",
        )
        said = case.with_user(self.leader).wanted_people
        self.assertEqual(said, "Interpreter (Sorani), Representative, Support person")
        view = Form(case.with_user(self.leader))
        self.assertEqual(view.wanted_people, said)
        self.assertFalse(self._register().wanted_people)

    def test_language_alone_asks_for_an_interpreter(self):
        case = self._register(interpreter_language="Sorani", invite=["staff"])
        self.assertEqual(case.invite, "staff,interpreter")

    def test_they_stand_among_who_takes_part(self):
        case = self._register(invite=["interpreter"], interpreter_language="Sorani")
        meeting = self.env["complaint.meeting"].with_user(self.leader)
        meeting = meeting.create(
            {"case_id": case.id, "start_at": "2027-01-12 09:00:00", "place": "Room 2"}
        )
        one = meeting.participant_ids.filtered(lambda one: one.role == "interpreter")
        self.assertTrue(one.is_wished)

    def test_another_wish_does_not_take_the_interpreter_away(self):
        self.policy.field_ids = [
            Command.create({"name": "invite"}),
            Command.create({"name": "description"}),
        ]
        case = self._register(invite=["interpreter", "staff"])
        case._wish_company(["support_person"])
        self.assertEqual(case.invite, "support_person,interpreter")
        case._wish_company([])
        self.assertEqual(case.invite, "interpreter")
        # Said again it is nothing new.
        count = len(case.journal_ids)
        case._wish_company([])
        self.assertEqual(len(case.journal_ids), count)

    def test_what_is_split_off_needs_it_too(self):
        case = self._register(
            categories=["food", "theft"],
            invite=["interpreter", "support_person"],
            interpreter_language="Sorani",
        )
        ids = case.category_ids.filtered(lambda one: one.code == "theft").ids
        part = case.browse(case.with_user(self.leader).action_split(ids))
        self.assertEqual(part.invite, case.invite)
        self.assertEqual(part.interpreter_language, "Sorani")

    def test_colleague_writes_it_down(self):
        form = Form(self.env["complaint.case.register"].with_user(self.worker))
        form.unit_id = self.workshop
        form.description = "The food is cold."
        form.is_interpreter_wanted = True
        form.interpreter_language = "Sorani"
        form.is_advocate_wanted = True
        dialog = form.save()
        dialog.action_register()
        case = self.env["complaint.case"].search([("reference", "=", dialog.reference)])
        self.assertEqual(case.invite, "interpreter,representative")
        self.assertEqual(case.interpreter_language, "Sorani")
        self.assertFalse(dialog.interpreter_language)
