import json

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling.models.rights.left_out import FIELDS, MODELS

from .planted_world import PlantedWorld

# What is said around the case, by where it is said.
AROUND = {
    ("mail.message", "body"): "zqtalkz",
    ("mail.activity", "summary"): "zqtaskz",
    ("mail.activity", "note"): "zqnotez",
    ("complaint.journal", "texts"): "zqjournalz",
    ("complaint.hearing.statement", "answer"): "zqanswerz",
}
IDENTITY = ("name", "email", "phone", "street", "zip", "city")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestPersonExport(PlantedWorld):
    """A person is given all that is kept, and nothing of others (M37).

    A word of its own is planted in every column that people read, of every row of every
    model that hangs on the case: found by looking at the registry.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.cases["unit"]
        cls.person = cls.case.party_ids.filtered(lambda one: one.role == "complainant")
        cls.person.write(
            {name: f"Own{name.title()}" for name in IDENTITY if name != "email"}
            | {"email": "own@example.com"}
        )
        cls.case.party_ids.filtered(lambda one: one.role == "subject").write(
            {"name": "Fremmed Navnesen"}
        )
        cls._say_around()
        cls.env.flush_all()
        cls.planted = dict(cls._plant("Fremmed Navnesen")) | AROUND
        cls.env.invalidate_all()
        cls.law = cls.env["complaint.law"].create(
            {
                "name": "Rights of others",
                "country_id": cls.env.ref("base.no").id,
                "company_id": cls.company.id,
                "is_secrecy": True,
            }
        )

    @classmethod
    def _say_around(cls):
        """What hangs on the case and is no row of ours, or is sealed or asked apart."""
        case = cls.case
        case.message_post(body=AROUND["mail.message", "body"])
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=AROUND["mail.activity", "summary"],
            note=AROUND["mail.activity", "note"],
            user_id=cls.people["manager"].id,
        )
        case._log("wish_recorded", reason=AROUND["complaint.journal", "texts"])
        hearing = cls.env["complaint.hearing"].search([("case_id", "=", case.id)])
        hearing[:1].statement_id = cls.env["complaint.hearing.statement"].create(
            {
                "user_id": cls.people["employee"].id,
                "company_id": cls.company.id,
                "points": "Say",
                "answer": AROUND["complaint.hearing.statement", "answer"],
                "is_answered": True,
            }
        )

    def _given(self, review):
        for mask in review.mask_ids:
            mask.write({"decision": "mask", "ground_id": self.law.id})
        review.write({"outgoing_reason": "Looked at."})
        review.action_review()
        review.action_answer()
        return review.sudo()

    def test_rights_export_complete(self):
        review = self.case._ask_right("access").with_user(self.people["manager"])
        review = self._given(review)
        letter, copy = review.letter_id.body, review.machine_copy
        missing = {
            key: word
            for key, word in self.planted.items()
            if key not in FIELDS
            and key[0] not in MODELS
            and (not word or word not in letter or word not in copy)
        }
        self.assertFalse(missing)
        said_elsewhere = [
            word
            for (name, field), word in self.planted.items()
            if (name, field) in FIELDS and word not in letter
        ]
        self.assertFalse(said_elsewhere)
        for name in IDENTITY:
            if name != "email":
                self.assertIn(f"Own{name.title()}", copy)
        for text in (letter, copy):
            self.assertNotIn("Fremmed", text)
            self.assertNotIn("Navnesen", text)
        self.assertEqual(json.loads(copy)["case"], self.case.reference)

    def test_what_is_left_out_is_there(self):
        known = {*self.env["complaint.disposal"]._models_of_cases()}
        self.assertFalse(set(MODELS) - known)
        for name, field in FIELDS:
            self.assertIn(field, self.env[name]._fields)

    def test_who_is_complained_about_is_given_own_words_only(self):
        subject = self.case.party_ids.filtered(lambda one: one.role == "subject")
        request = self.env["complaint.access.request"].create(
            {
                "unit_id": self.workshop.id,
                "right": "access",
                "person": "Fremmed Navnesen",
                "identity_check": "Known.",
                "wish": "All.",
                "received_on": "2026-11-02",
            }
        )
        request.with_user(self.people["registrar"]).action_search()
        review = request.review_ids.filtered(lambda one: one.case_id == self.case)
        self.assertEqual(review.party_id, subject)
        review = self._given(review.with_user(self.people["manager"]))
        self.assertEqual(review.letter_id.recipient_id, subject)
        self.assertFalse(review.letter_id._is_to_complainant())
        for text in (review.letter_id.body, review.machine_copy):
            self.assertNotIn("OwnName", text)
            for key in (("complaint.case", "description"), ("complaint.note", "body")):
                self.assertNotIn(self.planted[key], text)
