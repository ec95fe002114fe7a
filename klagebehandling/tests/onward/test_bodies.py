from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OnwardCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBodies(OnwardCase):
    """External bodies are data: what each takes, where, when, and how sure (C-28)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Those of the packs are not asked about here.
        cls.env["complaint.body"].search([]).active = False
        cls.norway = cls.env.ref("base.no")
        cls.law = cls.env["complaint.law"].create(
            {"name": "Care", "country_id": cls.norway.id, "company_id": False}
        )
        cls.case = cls._register()

    @classmethod
    def _body(cls, name, **values):
        return cls.env["complaint.body"].create(
            {
                "name": name,
                "country_id": cls.norway.id,
                "company_id": False,
                **values,
            }
        )

    def _named(self):
        return set(self.case._bodies_to_name().mapped("name"))

    def test_by_country_day_place_and_law(self):
        # C-28
        self._body("Here")
        self._body("Elsewhere", country_id=self.env.ref("base.se").id)
        self._body("Gone", valid_to="2026-11-01")
        self._body("Coming", valid_from="2026-11-03")
        self._body("Of NAV", place_type="nav")
        self._body("Municipal", place_type="municipal")
        self._body("Care only", law_ids=self.law.ids)
        self._body("Not told", is_named=False)
        self._body("Appeals", kind="appeal")
        self._body("Of others", company_id=self.env.company.id)
        self.assertEqual(self._named(), {"Here", "Of NAV", "Municipal"})
        self.case.law_id = self.law
        self.case.place_type = "nav"
        self.assertEqual(self._named(), {"Here", "Care only", "Of NAV"})
        self.case.place_type = "municipal"
        self.assertEqual(self._named(), {"Here", "Care only", "Municipal"})

    def test_without_a_country_nobody_is_named(self):
        self._body("Here")
        self.env.cr.execute(
            "UPDATE complaint_policy SET country_id = NULL WHERE id = %s",
            [self.policy.id],
        )
        self.policy.invalidate_recordset()
        self.assertFalse(self._named())

    def test_what_is_unsure_is_never_said_as_certain(self):
        self._body("Unsure", takes="Takes all.", is_answering=True)
        self._body(
            "Sure",
            takes="Takes some.",
            takes_not="Takes no single complaint.",
            is_sure=True,
            checked_on="2026-11-01",
            source_url="https://example.com",
        )
        letters = self.env["complaint.correspondence"]
        body = letters._default_body(self.case, "reply")
        unsure = "own pages yet, so ask them: Unsure.</p>"
        self.assertIn(unsure, body)
        self.assertIn("Takes no single complaint.", body)
        self.assertEqual(body.count("does not answer a single complaint"), 1)
        self.assertIn(unsure, self.case.onward_bodies)

    def _told(self):
        """What the page says, and whether it was known without asking the database."""
        self.env.invalidate_all()
        self.case.mapped("place_type")
        before = self.env.cr.sql_log_count
        told = self.case._tell_bodies()
        return told, self.env.cr.sql_log_count == before

    def test_it_is_kept_until_a_row_a_law_or_the_template_changes(self):
        body = self._body("Here", takes="Takes all.")
        bound = self._body("Care only", law_ids=self.law.ids)
        # What follows is as in a transaction that has changed nothing yet.
        self.env.flush_all()
        self.env.registry.cache_invalidated.clear()
        told, _is_known = self._told()
        self.assertEqual(self._told(), (told, True))
        body.takes = "Takes some."
        self.assertIn("Takes some.", self._told()[0])
        bound.law_ids = False
        self.assertIn("Care only", self._told()[0])
        bound.law_ids = self.law
        self.assertNotIn("Care only", self._told()[0])
        self.law.active = False
        self.assertNotIn("Care only", self._told()[0])
        self.law.unlink()
        self.assertIn("Care only", self._told()[0])
        view = self.env.ref("klagebehandling.correspondence_bodies")
        view.arch_db = view.arch_db.replace("<ul>", "<ol>").replace("</ul>", "</ol>")
        self.assertIn("<ol>", self._told()[0])
        body.unlink()
        self.assertNotIn("Takes some.", self._told()[0])

    def test_each_language_is_kept_by_itself(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        body = self._body("Here", takes="Takes all.")
        swedish = self.case.with_context(lang="sv_SE")
        self.case._tell_bodies()
        body.with_context(lang="sv_SE").takes = "Tar allt."
        self.assertIn("Tar allt.", swedish._tell_bodies())
        self.assertIn("Takes all.", self.case._tell_bodies())

    def test_who_writes_the_register(self):
        body = self._body("Shared")
        own = self._body("Own", company_id=self.company.id)
        for user in (self.worker, self.director, self.auditor):
            self.assertTrue(own.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                own.with_user(user).write({"name": "Other"})
        own.with_user(self.owner).write({"takes": "All"})
        with self.assertRaises(AccessError):
            body.with_user(self.owner).write({"takes": "All"})
        for user in (self.employee, self.custodian):
            with self.assertRaises(AccessError):
                own.with_user(user).search([])

    def test_what_is_not_solved_tells_where_to_turn_and_that_is_recorded(self):
        # D-05
        self.env.cr.execute(
            "UPDATE complaint_policy SET onward_text = "
            """'{"en_US": "<p>Turn to the office.</p>"}' WHERE id = %s""",
            [self.policy.id],
        )
        self.policy.invalidate_recordset()
        case = self._register(reply_channel="portal").with_user(self.leader)
        case.action_close(outcome="unresolved")
        letter = case.sudo().correspondence_ids[:1]
        self.assertEqual(letter.purpose, "closing")
        self.assertIn("Turn to the office.", letter.body)
        self.assertIn("somebody who has not handled it", letter.body)
        entry = case.sudo().journal_ids.filtered(
            lambda one: (
                one.event == "correspondence_sent"
                and one.payload.get("row") == letter.id
            )
        )
        self.assertEqual(entry.payload["purpose"], "closing")
