import hashlib
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AFTER, TODAY, UNTIL, InspectionCase

NAME = "Zyxwvu Qrstesen"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestInspection(InspectionCase):
    """An inspector reads cases without names, until a moment (M38, N11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            description=f"{NAME} was rude to me. Call 99 88 77 66.",
            parties=[
                {"role": "complainant", "name": NAME, "email": "zyx@example.com"},
                {"role": "subject", "name": cls.worker.name, "user_id": cls.worker.id},
            ],
        )
        cls.protected = cls._register(
            anonymity="protected",
            description=f"I am {NAME}.",
            parties=[{"role": "complainant", "name": NAME}],
        )
        cls.kitchens = cls._register(unit_id=cls.kitchen.id)

    def test_the_scope_is_units_and_time(self):
        inspection = self._open(unit_ids=[(6, 0, self.workshop.ids)])
        self.assertEqual(
            self._cases(self._seen(inspection)), self.case | self.protected
        )
        other = self._open(login="b@ivo.example", received_from="2026-11-03")
        self.assertFalse(self._seen(other))

    def test_the_account_speaks_as_the_procedure_does(self):
        self.env["res.lang"]._activate_lang("nb_NO")
        self.kitchen.policy_id = self._create_policy("test_spoken", lang="nb_NO")
        inspection = self._open(unit_ids=[(6, 0, self.kitchen.ids)])
        self.assertEqual(inspection.sudo().user_id.lang, "nb_NO")

    def test_the_sample_can_be_drawn_again_by_whoever_knows_the_seed(self):
        for _number in range(10):
            self._register()
        inspection = self._open(sample_size=4)
        lines = self._seen(inspection)
        seed = inspection.seed
        references = sorted(
            lines.mapped("reference"),
            key=lambda one: hashlib.sha256((seed + one).encode()).hexdigest(),
        )
        drawn = lines.filtered("in_sample").mapped("reference")
        self.assertEqual({*drawn}, {*references[:4]})
        entry = self.env["complaint.company.journal"].search(
            [("event", "=", "inspection_opened")], order="id desc", limit=1
        )
        self.assertEqual(entry.payload["seed"], seed)

    def test_all_late_all_refused_and_all_openings_are_listed(self):
        with freeze_time("2026-12-20 09:00:00"):
            self.case.deadline_ids._escalate()
            self.kitchens.sudo().outcome = "not_upheld"
            self.protected._log("identity_granted", party=1)
            inspection = self._open(valid_until="2027-01-02 12:00:00")
            lines = self._seen(inspection)
            for name, case in (
                ("is_late", self.case),
                ("is_refused", self.kitchens),
                ("opening_count", self.protected),
            ):
                with self.subTest(name=name):
                    self.assertEqual(self._cases(lines.filtered(name)), case)

    def test_a_case_is_read_once_it_is_opened_and_its_journal_says_so(self):
        inspection = self._open()
        line = self._line(inspection, self.case)
        with self.assertRaises(AccessError):
            line._sections()
        line.action_open()
        self.assertIn("was rude to me", self._read(line))
        entry = self.case.journal_ids.filtered(lambda one: one.event == "inspected")
        self.assertEqual(entry.payload["inspection"], inspection.id)
        with freeze_time("2026-11-02 09:11:00"):
            with self.assertRaises(AccessError):
                line._sections()
            line.action_open()
        self.assertEqual(len(self._inspected(self.case)), 2)

    def _read(self, line):
        return str(line._sections())

    def _line(self, inspection, case):
        return self._seen(inspection).filtered(lambda one: one.sudo().case_id == case)

    def _inspected(self, case):
        return case.journal_ids.filtered(lambda one: one.event == "inspected")

    def test_no_page_tells_who_somebody_is(self):
        inspection = self._open()
        for case in self.case | self.protected:
            line = self._line(inspection, case)
            line.action_open()
            for word in (*NAME.split(), "zyx@example.com", "99 88 77 66"):
                with self.subTest(case=case.anonymity, word=word):
                    self.assertNotIn(word, self._read(line))
            self.assertIn("Complainant", self._read(line))

    def test_days_are_read_and_what_people_wrote_is_covered(self):
        inspection = self._open()
        line = self._line(inspection, self.case)
        line.action_open()
        sections = dict(line._sections())
        with self.subTest("what the program says"):
            for title in ("Time limits", "Journal"):
                self.assertNotIn("▒", str(sections[title]))
            self.assertIn("11/02/2026", str(sections["Journal"]))
        with self.subTest("what people say"):
            self.assertIn("▒", str(sections["The complaint"]))

    def test_who_is_complained_about_inspects_no_such_case(self):
        inspection = self._open()
        user = inspection.sudo().user_id
        party = {"role": "subject", "name": user.name, "user_id": user.id}
        hidden = self._register(parties=[party])
        other = self._open(login="inga@ivo.example")
        self.assertNotIn(hidden, self._cases(self._seen(other)))
        self.assertIn(self.case, self._cases(self._seen(other)))
        # Neither does a gap tell of it: no line was made for it.
        self.assertNotIn(hidden, other.sudo().line_ids.case_id)

    def test_a_wall_between_colleagues_hides_no_case(self):
        walled = self._register(
            parties=[{"role": "subject", "name": "x", "user_id": self.leader.id}]
        )
        self.assertTrue(walled.walled_user_ids)
        self.assertIn(walled, self._cases(self._seen(self._open())))

    def test_nothing_is_written(self):
        inspection = self._open()
        user = inspection.sudo().user_id
        line = self._line(inspection, self.case)
        for act in (
            lambda: line.write({"is_late": True}),
            lambda: line.unlink(),
            lambda: line.copy(),
            lambda: line.export_data(["reference"]),
            lambda: inspection.with_user(user).write({"valid_until": "2027-01-01"}),
            lambda: inspection.with_user(user).action_end(),
            lambda: self.case.with_user(user).read(["reference"]),
            lambda: self.env["complaint.party"].with_user(user).search([]),
            lambda: self.env["res.partner"].with_user(user).create({"name": "x"}),
            lambda: self.env["complaint.unit"].with_user(user).search([]),
            lambda: self.intake.with_user(user).register({"title": "x"}),
        ):
            with self.assertRaises(UserError):
                act()

    # -- until when

    def test_it_ends_at_the_moment_without_a_clock(self):
        inspection = self._open()
        user = inspection.sudo().user_id
        line = self._line(inspection, self.case)
        with freeze_time(UNTIL.replace("15:00:00", "14:59:59")):
            self.assertTrue(self._seen(inspection))
        with freeze_time(AFTER):
            self.env.invalidate_all()
            self.assertFalse(self._seen(inspection))
            self.assertFalse(self.env["complaint.inspection"]._is_open_for(user))
            for act in (
                lambda: line.read(["reference"]),
                lambda: line.action_open(),
                lambda: line._sections(),
            ):
                with self.assertRaises(UserError):
                    act()

    def test_the_clock_shuts_the_account(self):
        inspection = self._open()
        user = inspection.sudo().user_id
        with freeze_time(AFTER):
            self.env["complaint.inspection"]._cron_end()
        self.assertEqual((inspection.state, user.active), ("ended", False))

    def test_it_is_ended_before_its_time(self):
        inspection = self._open()
        inspection.action_end()
        self.assertFalse(inspection.sudo().user_id.active)
        self.assertFalse(self._seen(inspection))

    def test_no_account_is_open_for_longer_than_the_organisation_allows(self):
        with self.assertRaisesRegex(UserError, "at most 30 days"):
            self._open(valid_until="2026-12-03 09:00:00")
        self.env["ir.config_parameter"].set_param("klagebehandling.inspection_days", 5)
        with self.assertRaisesRegex(UserError, "at most 5 days"):
            self._open()

    # -- who lets in

    def test_who_makes_no_users_opens_no_account(self):
        inspection = self._prepare()
        with self.assertRaises(AccessError):
            inspection.action_open()
        for user in (self.director, self.worker, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                inspection.with_user(user).action_open()

    def test_who_prepares_it_sees_no_case_by_it(self):
        self._open()
        for user in (self.owner, self.administrator, self.director):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.lines.with_user(user).search([])

    def test_a_colleague_is_made_no_inspector(self):
        with self.assertRaisesRegex(UserError, "Somebody else has this login"):
            self._open(login=self.worker.login)

    def test_a_password_is_drawn_by_who_makes_users_and_entered(self):
        inspection = self._open()
        for user in (self.owner, self.director, self.worker, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                inspection.with_user(user).action_password()
        shown = inspection.with_user(self.administrator).action_password()
        password = shown["params"]["message"].partition("Password: ")[2].split(". ")[0]
        account = inspection.sudo().user_id
        credential = {"type": "password", "login": account.login, "password": password}
        account.with_user(account)._check_credentials(credential, {"interactive": True})
        entry = self._entries("inspection_password")
        self.assertEqual(entry.user_id, self.administrator)
        self.assertNotIn(password, str(entry.payload))

    def _entries(self, event):
        return self.env["complaint.company.journal"].search([("event", "=", event)])

    def test_the_seed_is_entered_before_the_sample_is_drawn(self):
        entered = []

        def draw(inspection, cases):
            entered.append((inspection.seed, self._entries("inspection_opened")))
            return cases

        kind = type(self.env["complaint.inspection"])
        with patch.object(kind, "_draw", draw):
            self._open()
        ((seed, entry),) = entered
        self.assertEqual(entry.payload["seed"], seed)

    def test_another_inspection_leaves_both_seeds(self):
        first = self._open()
        first.action_end()
        second = self._open()
        self.assertNotEqual(first.seed, second.seed)
        seeds = {one.payload["seed"] for one in self._entries("inspection_opened")}
        self.assertEqual(seeds, {first.seed, second.seed})

    def test_nobody_enters_a_seed(self):
        with self.assertRaises(UserError):
            self._prepare(seed="0")
        with self.assertRaises(UserError):
            self._prepare().write({"seed": "0"})

    def test_what_is_open_is_not_changed(self):
        inspection = self._open()
        for values in ({"valid_until": AFTER}, {"login": "x"}, {"state": "draft"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                inspection.write(values)
        with self.assertRaises(UserError):
            inspection.sudo().unlink()
