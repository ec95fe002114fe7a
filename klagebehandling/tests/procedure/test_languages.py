from odoo.tests import BaseCase

from ...vocabulary import language_names


class TestLanguages(BaseCase):
    """A language is called what its speakers call it, and shortly."""

    def test_country_is_told_where_it_tells_something(self):
        installed = [("nb_NO", "Norwegian Bokmål / Norsk bokmål")]
        installed += [("en_US", "English (US)")]
        self.assertEqual(
            language_names(installed), [("nb_NO", "Norsk bokmål"), ("en_US", "English")]
        )
        both = language_names([*installed, ("en_GB", "English (UK)")])
        self.assertEqual(
            both[1:], [("en_US", "English (US)"), ("en_GB", "English (UK)")]
        )
