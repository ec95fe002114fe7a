import re

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.klagebehandling_example.organisations import ORGANISATIONS, company

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
BLOCKS = {"p", "li", "h1", "h2", "h3", "legend", "label", "dt", "dd", "td", "th"}
BLOCKS |= {"option", "summary", "button", "div"}
HARDEST = 35
FEWEST = 9
HARDEST_SENTENCE = 55
# What a procedure says is the document's, and stands as it was adopted.
DOCUMENTS = ("policy", "policy.channel", "policy.choice", "policy.field")
# In easy words: as hard as a book for small children.
HARDEST_EASY = 25


def sentences(page):
    """What stands on a page as a list of sentences, each a list of words.

    With what is said of safety, beside the main part and where nobody uses the page.
    """
    whole = html.fromstring(page)
    places = whole.xpath("//main | //aside | //body//template | //footer")
    return [words for place in places for words in split(place)]


def split(place):
    """The sentences of one element, each a list of words."""
    for block in place.iter(*BLOCKS):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    parts = re.split(r"(?<=[.!?:;])\s+|\n+", place.text_content())
    return [words for words in map(WORD.findall, parts) if words]


def hard_ones(found):
    """The sentences that are too hard by themselves; short ones swing too much."""
    return [
        " ".join(words)
        for words in found
        if len(words) >= FEWEST and lix([words]) > HARDEST_SENTENCE
    ]


def lix(found):
    """How hard a text is to read: below 30 a child's book, above 50 a law."""
    words = [word for sentence in found for word in sentence]
    long = sum(len(word) > 6 for word in words)
    return len(words) / len(found) + 100 * long / len(words)


@tagged("post_install", "-at_install")
class TestReadability(HttpCase):
    """The public pages are easy to read, in each language of theirs (C-15)."""

    def page(self, path, data=None):
        response = self.url_open(path, data=data, allow_redirects=True)
        self.assertIn(response.status_code, (200, 404, 422), path)
        return response.text

    def paths(self, lang):
        country = {"nb": "NO", "sv": "SE"}[lang]
        for code in ORGANISATIONS:
            own = company(self.env, code)
            if own.country_id.code == country:
                units = self.env["complaint.unit"].search([("company_id", "=", own.id)])
                yield f"/klage/{units.filtered('slug').slug}?lang={lang}"
        # Not the list of organisations: their names are no text of ours.
        for path in ("/klage/status", "/klage/nowhere"):
            yield f"{path}?lang={lang}"

    def adopted(self, lang):
        """The sentences of all procedures, as they are shown in a language."""
        texts = []
        for name in DOCUMENTS:
            rows = self.env[f"complaint.{name}"].search([])
            rows = rows.with_context(lang={"nb": "nb_NO", "sv": "sv_SE"}[lang])
            for field in rows._fields.values():
                if field.type in ("html", "text", "char") and field.store:
                    texts += filter(None, rows.mapped(field.name))
        found = [split(html.fromstring(f"<div>{text}</div>")) for text in texts]
        return {" ".join(words) for one in found for words in one}

    def check_pages(self, lang):
        hard, adopted = {}, self.adopted(lang)
        for path in self.paths(lang):
            found = sentences(self.page(path))
            if lix(found) >= HARDEST:
                hard[path] = round(lix(found), 1)
            own = set(hard_ones(found)) - adopted
            if own:
                hard[path, "sentences"] = own
        self.assertFalse(hard)

    def test_norwegian_pages_are_easy_to_read(self):
        self.check_pages("nb")

    def test_swedish_pages_are_easy_to_read(self):
        self.check_pages("sv")

    def easy_track(self, slug, lang):
        """What all pages of the track in easy words say, one after the other."""
        path = f"/klage/{slug}/enkelt?lang={lang}"
        steps = ["danger", "description", "support", "interpreter_language"]
        steps += ["anonymity", "name", "reply_channel", "phone", "check"]
        answers = {"anonymity": "open", "danger": "yes", "reply_channel": "phone"}
        answers |= {"description": "Ja.", "phone": "1", "support": "interpreter"}
        pages = [self.page(path)]
        pages += [
            self.page(path, {**answers, "step": step, "go": "back"}) for step in steps
        ]
        pages.append(self.page(path, {**answers, "step": "description"}))
        return pages

    def test_easy_words_are_easy(self):
        # N09
        hard = {}
        for code in ORGANISATIONS:
            own = company(self.env, code)
            lang = {"NO": "nb", "SE": "sv"}[own.country_id.code]
            units = self.env["complaint.unit"].search([("company_id", "=", own.id)])
            slug = units.filtered("slug").slug
            found = [sentences(page) for page in self.easy_track(slug, lang)]
            worst = lix([one for page in found for one in page])
            first = lix(found[0])
            if max(worst, first) > HARDEST_EASY:
                hard[code] = (round(worst, 1), round(first, 1))
        self.assertFalse(hard)

    def test_title_of_a_page_with_a_fault_says_so_in_its_language(self):
        for lang, mark in {"nb": "Feil: ", "sv": "Fel: ", "en": "Error: "}.items():
            page = self.page(f"/klage/status?lang={lang}", data={"code": "wrong"})
            title = html.fromstring(page).find(".//title").text_content()
            self.assertTrue(" ".join(title.split()).startswith(mark), title)

    def test_languages_are_called_what_their_speakers_call_them(self):
        page = html.fromstring(self.page("/klage/status?lang=nb"))
        names = [link.text for link in page.iterfind(".//ul[@class='languages']//a")]
        self.assertEqual(names, ["Norsk bokmål", "Svenska", "English"])
