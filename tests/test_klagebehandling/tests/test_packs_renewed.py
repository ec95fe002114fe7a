from pathlib import Path

from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

ROOT = Path(__file__).resolve().parents[3]
UPDATES = {
    "klagebehandling_no": (
        "data/klagebehandling_no/migrations/19.0.1.1.0/post-words.py",
        ("lepro", "sosial_omsorg_no"),
    ),
    "klagebehandling_se": (
        "data/klagebehandling_se/migrations/19.0.1.2.0/post-words.py",
        ("ljusnarsberg", "robertsfors", "gislaved"),
    ),
}
GROUNDS = "klagebehandling/migrations/19.0.1.4.0/post-grounds.py"
OLD = "<p>As it was said before.</p>"
VERSIONS = "odoo.addons.klagebehandling.models.procedure.complaint_policy_version"


@tagged("post_install", "-at_install")
class TestPacksRenewed(TransactionCase):
    """An update brings new words to the shared procedures that bind nothing yet."""

    def _update(self, path):
        # An update begins with nothing in memory.
        self.env.flush_all()
        self.env.invalidate_all()
        load_script(str(ROOT / path), "packs_renewed").migrate(self.env.cr, "19.0")
        self.env.invalidate_all()

    def _each(self):
        for module, (path, codes) in UPDATES.items():
            yield path, [self.env.ref(f"{module}.policy_{code}") for code in codes]

    def test_a_procedure_that_binds_nothing_gets_the_new_words(self):
        for path, presets in self._each():
            for preset in presets:
                preset.purpose = OLD
                preset.choice_ids.filtered(
                    lambda choice: choice.value == "executive_board"
                ).unlink()
            self._update(path)
            for preset in presets:
                with self.subTest(preset.code):
                    self.assertNotEqual(preset.purpose, OLD)
                    self.assertTrue(preset.steps_text)
                    self.assertEqual(preset.state, "in_force")
        roles = self.env.ref("klagebehandling_se.policy_ljusnarsberg")._choices("role")
        self.assertIn("executive_board", roles.mapped("value"))

    def test_what_binds_a_case_and_what_is_somebodys_own_stays(self):
        for path, presets in self._each():
            preset = presets[0]
            preset.purpose = OLD
            own = preset.copy({"company_id": self.env.company.id})
            unit = self.env["complaint.unit"].create(
                {"name": preset.code, "policy_id": preset.id}
            )
            values = {"unit_id": unit.id, "channel": "letter", "description": "Hei"}
            self.env["complaint.intake"].register(values)
            with mute_logger(VERSIONS):
                self._update(path)
            with self.subTest(preset.code):
                self.assertTrue(preset.is_frozen)
                self.assertEqual((preset.purpose, own.purpose), (OLD, OLD))

    def test_grounds_are_named_as_in_the_document_unless_renamed(self):
        self.env["res.lang"]._activate_lang("nb_NO")
        ground = self.env.ref("klagebehandling.category_bullying_harassment")
        ground = ground.with_context(lang="nb_NO")
        for before, after in (
            ("Mobbing eller trakassering", "Mobbing/trakassering"),
            ("Erting", "Erting"),
        ):
            ground.name = before
            self._update(GROUNDS)
            self.assertEqual(ground.name, after)
