from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOpening(TransactionCase):
    def test_first_paragraph_is_apart_from_the_rest(self):
        opening = self.env["complaint.portal.page"]._opening
        for text, parts in (
            ("<p>One.</p><p>Two.</p><ul><li>3</li></ul>", ("One.", "Two.")),
            ("<p><br></p><p>One.</p>", ("One.", "")),
            ("Plain & bare<p>Two.</p>", ("Plain &amp; bare", "Two.")),
            ("<div><p>One.</p></div>", ("One.", "")),
            ("<!-- x --><p>One.</p>", ("One.", "")),
            ("<p><br></p>", ("", "")),
            ("", ("", "")),
            (False, ("", "")),
        ):
            with self.subTest(text=text):
                first, rest = opening(text)
                self.assertIn(parts[0], first)
                self.assertIn(parts[1], rest)
                self.assertEqual(bool(rest), bool(parts[1]))
