from odoo.tests import BaseCase, tagged

from ...cleaner import outgoing
from ...cleaner.outgoing import apart
from .leaky_files import CLEAN, LEAKS, NAMED, SECRET


@tagged("post_install", "-at_install")
class TestOutgoingReader(BaseCase):
    """What a file tells beside what its sender sees, without Odoo (N12)."""

    def test_no_planted_leak_passes_unseen(self):
        self.assertGreaterEqual(len(LEAKS), 40)
        looked = apart.look_all([(name, raw) for name, raw, _code in LEAKS])
        for (name, _raw, code), one in zip(LEAKS, looked, strict=True):
            with self.subTest(name):
                codes = [finding[0] for finding in one.findings]
                self.assertIn(code, codes, one)

    def test_each_is_found_for_what_it_is(self):
        for name, raw, code in LEAKS:
            with self.subTest(name):
                findings = outgoing.look(name, raw).findings
                self.assertEqual({finding[0] for finding in findings}, {code})

    def test_clean_documents_give_no_warning(self):
        for name, raw in CLEAN:
            with self.subTest(name):
                looked = outgoing.look(name, raw)
                self.assertEqual((looked.findings, looked.reason), ([], None))

    def test_texts_are_told_whole_for_the_comparison_of_names(self):
        for name, raw in NAMED:
            with self.subTest(name):
                looked = outgoing.look(name, raw)
                self.assertEqual(looked.findings, [])
                whole = " ".join(text for _p, _w, text in looked.texts).casefold()
                self.assertTrue("aasen" in whole or "92 34" in whole, looked)

    def test_hidden_words_are_told_too(self):
        for name, raw, code in LEAKS:
            is_text = code in ("tracked", "comment", "hidden", "covered")
            if not is_text or SECRET.encode() not in raw or name.startswith("behind"):
                continue
            with self.subTest(name):
                whole = " ".join(one[2] for one in outgoing.look(name, raw).texts)
                self.assertIn(SECRET, whole)

    def test_what_kills_the_process_is_unread(self):
        deep = b"<a>" * 200000
        looked = apart.look_all([("a.txt", b"Hello"), ("b.docx", b"PK\x03\x04" + deep)])
        self.assertEqual([one.reason for one in looked], [None, "unreadable"])
        self.assertEqual(looked[1].findings[0][0], "unread")
