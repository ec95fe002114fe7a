from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling.models.rights.left_out import MODELS
from odoo.addons.klagebehandling.tests.dump import find_in_database

from .planted_world import PlantedWorld

STREET = "Fjellrevstubben 12"
WHERE = {"street": STREET, "zip": "0199", "city": "Multekroken"}
MAIL = "fjellrev.stubben@example.com"
# As it stood before it was corrected.
FORMER = "Gaupefaret 7"
WORDS = ("Fjellrevstubben", "Multekroken", MAIL, "Gaupefaret")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestProtectedCanary(PlantedWorld):
    """Where a person is stands in every column of a case, then in none (N01).

    The columns are found by looking: what a room or an addon adds is asked too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.cases["unit"]
        cls.person = cls.case.party_ids.filtered(lambda one: one.role == "complainant")
        cls.person.write({**WHERE, "street": FORMER})
        cls.person._correct({"street": STREET, "email": MAIL}, "She said so.")
        where = f"{STREET}, 0199 Multekroken, {MAIL} or {FORMER}"
        cls.env.flush_all()
        cls.planted = [*cls._plant(where)]
        cls.env.invalidate_all()
        cls._say_around(where)
        cls.strict = cls.env["complaint.protection"].create(
            {
                "name": "Strict",
                "country_id": cls.env.ref("base.no").id,
                "company_id": cls.company.id,
                "is_unaddressed": True,
            }
        )

    @classmethod
    def _say_around(cls, where):
        cls.case.message_post(subject=where, body=where)
        cls.case.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=where,
            note=where,
            user_id=cls.people["manager"].id,
        )
        cls.case._log("wish_recorded", reason=where)
        cls.case._ask_right("correction", where)
        hearing = cls.env["complaint.hearing"].search([("case_id", "=", cls.case.id)])
        hearing[:1].statement_id = cls.env["complaint.hearing.statement"].create(
            {
                "user_id": cls.people["employee"].id,
                "company_id": cls.company.id,
                "points": where,
                "answer": where,
                "is_answered": True,
            }
        )

    def _protect(self):
        dialogs = self.env["complaint.case.protect"].with_user(self.people["manager"])
        dialog = dialogs.create(
            {
                "case_id": self.case.id,
                "party_id": self.person.id,
                "protection_id": self.strict.id,
                "reason": "Shown.",
            }
        )
        dialog.action_confirm()

    def test_where_somebody_is_stands_in_no_column_afterwards(self):
        before = find_in_database(self.env, WORDS)
        self.assertGreater(len(before), len(self.planted) // 2)
        self._protect()
        self.assertEqual(find_in_database(self.env, WORDS), [])

    def test_every_column_was_planted(self):
        lacking = [key for key, word in self.planted if not word]
        self.assertFalse([key for key in lacking if key[0] not in MODELS])
