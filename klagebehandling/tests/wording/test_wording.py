from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestWording(ComplaintCase):
    """Standard texts: offered where they fit, filled with what may be known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wordings = cls.env["complaint.wording"].with_user(cls.owner)
        cls.text = cls.wordings.create(
            {
                "name": "Thanks",
                "use": "reply",
                "body": "<p>Dear [complainant], case [reference] of [unit].</p>",
            }
        )

    def _reply(self, case, user=None):
        compose = self.env["complaint.case.compose"].with_user(user or self.leader)
        return Form(
            compose.with_context(default_case_id=case.id, default_purpose="reply")
        )

    def test_text_is_put_into_the_letter_with_its_fields_filled(self):
        # E-37, E-38
        case = self._register()
        form = self._reply(case)
        form.body = "<p>My own words.</p>"
        form.wording_id = self.text
        self.assertIn("My own words.", form.body)
        self.assertIn(f"Dear Kari Nordmann, case {case.reference}", form.body)
        self.assertIn("of Workshop.", form.body)
        self.assertFalse(form.wording_id)

    def test_name_of_who_is_protected_or_anonymous_is_not_filled_in(self):
        for anonymity in ("protected", "anonymous"):
            case = self._register(anonymity=anonymity)
            text = self.text.with_user(self.leader)._fill(case.with_user(self.leader))
            self.assertIn("Dear, case", text)
            self.assertNotIn("Kari", text)

    def test_what_is_filled_in_is_text(self):
        case = self._register(
            parties=[{"role": "complainant", "name": "<b>Kari</b> [reference]"}]
        )
        text = self.text.with_user(self.leader)._fill(case.with_user(self.leader))
        self.assertIn("&lt;b&gt;Kari", text)
        self.assertEqual(text.count(case.reference), 1)

    def test_text_is_offered_only_where_it_fits(self):
        case = self._register()
        other = self.env["res.company"].create({"name": "Other"})
        unfit = (
            {"use": "update"},
            {"kind": "praise"},
            {"policy_code": "another"},
            {"lang": "sv_SE"},
            {"company_id": other.id},
            {"active": False},
        )
        self.env["res.lang"]._activate_lang("sv_SE")
        for values in unfit:
            text = self.wordings.sudo().create(
                {"name": "x", "use": "reply", "body": "<p>x</p>", **values}
            )
            self.assertNotIn(text, self._reply(case).fitting_wording_ids[:], values)
        fit = {"kind": "complaint", "policy_code": "test_no", "lang": case.lang}
        text = self.wordings.create(
            {"name": "x", "use": "reply", "body": "<p>x</p>", **fit}
        )
        self.assertIn(text, self._reply(case).fitting_wording_ids[:])

    def test_spoken_texts_are_shown_to_who_registers(self):
        # E-39: regret is for complaints, never for praise
        for kind, words in ((False, "How good that you tell."), ("complaint", "Sorry")):
            self.wordings.create(
                {
                    "name": words,
                    "use": "spoken",
                    "kind": kind,
                    "body": f"<p>{words}</p>",
                }
            )
        form = Form(self.env["complaint.case.register"].with_user(self.employee))
        form.unit_id = self.workshop
        self.assertIn("How good", form.script)
        self.assertIn("Sorry", form.script)
        form.kind = "view"
        self.assertNotIn("Sorry", form.script)

    def test_who_registers_sees_what_is_still_to_ask(self):
        # E-43
        policy = self._create_policy(
            "asked",
            scope="<p>You may complain about the kitchen.</p>",
            field_ids=[
                Command.create({"name": name, "label": label, "hint": hint})
                for name, label, hint in (
                    ("kind", "Which kind?", False),
                    ("description", "Tell us", "When and where?"),
                    ("categories", "What is it about?", False),
                    ("name", "Your name", False),
                    ("contact", "Where do we reach you?", False),
                    ("reply_channel", "How do you want the answer?", False),
                )
            ],
        )
        self.workshop.policy_id = policy
        form = Form(self.env["complaint.case.register"].with_user(self.employee))
        form.unit_id = self.workshop
        self.assertIn("complain about the kitchen", form.scope)
        for words in ("Tell us – When and where?", "What is it about?", "Your name"):
            self.assertIn(words, form.checklist)
        self.assertNotIn("Which kind?", form.checklist)
        form.description = "It was cold."
        form.phone = "+47 22 22 22 22"
        form.reply_channel = "phone"
        for words in ("Tell us", "Where do we reach you?", "How do you want"):
            self.assertNotIn(words, form.checklist)
        self.assertIn("Your name", form.checklist)
        form.anonymity = "anonymous"
        self.assertNotIn("Your name", form.checklist)
        form.category_ids.add(self.env.ref("klagebehandling.category_food"))
        self.assertFalse(form.checklist)

    def test_managers_and_owners_write_the_texts_of_their_organisation(self):
        for user in (self.leader, self.owner):
            self.text.with_user(user).body = f"<p>{user.login}</p>"
        for user in (self.worker, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                self.text.with_user(user).body = "<p>x</p>"
        shared = self.wordings.sudo().create(
            {"name": "x", "use": "reply", "body": "<p>x</p>", "company_id": False}
        )
        with self.assertRaises(AccessError):
            shared.with_user(self.owner).body = "<p>y</p>"
        self.assertTrue(shared.with_user(self.employee).body)

    def test_words_of_a_procedure_show_only_where_it_is_used(self):
        # E-37…E-41: they are Gislaved's, and no others' to read or to be offered
        theirs, ours, alls = self.wordings.sudo().create(
            [
                {
                    "name": "x",
                    "use": "spoken",
                    "body": "<p>x</p>",
                    "company_id": False,
                    "policy_code": code,
                }
                for code in ("another", "test_no", False)
            ]
        )
        for user in (self.owner, self.leader, self.employee):
            found = self.wordings.with_user(user).search([("use", "=", "spoken")])
            self.assertNotIn(theirs, found)
            self.assertLessEqual(ours + alls, found)
            self.assertTrue(ours.with_user(user).body)
            with self.assertRaises(AccessError):
                theirs.with_user(user).read(["body"])
        self._create_policy("another")
        self.assertTrue(theirs.with_user(self.employee).body)
        # Where both are used, each case is offered the words of its own.
        offered = self.wordings.with_user(self.leader)._fitting(
            "spoken", self.company, self.policy, "complaint", "en_US"
        )
        self.assertNotIn(theirs, offered)
        self.assertLessEqual(ours + alls, offered)
