import re
from datetime import date

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import format_date

from odoo.addons.klagebehandling_example.organisations import (
    ORGANISATIONS,
    company,
    organisation,
)
from odoo.addons.klagebehandling_portal import form_token

from .common import ExampleCase

LETTERS = ("receipt", "acknowledgement", "delay", "reply", "closing", "redirect")
# Each text of a procedure and where the public reads it: on the form, on the receipt
# page, on the status page, in a letter.
POLICY = {
    "name": ("form",),
    "brand": ("form",),  # E-02
    "form_title": ("form",),  # D-53
    "form_body": ("form",),  # D-53
    "adopting_body": ("form",),  # D-01, E-01
    "adopted_on": ("form",),  # E-01
    "recommending_body": ("form",),  # E-01
    "recommended_on": ("form",),  # E-01
    "decision_reference": ("form",),  # D-01
    "source_url": ("form",),
    "purpose": ("form",),  # A-01, B-01
    "scope": ("form",),  # B-03, D-02
    "definitions": ("form",),  # D-09, E-15, E-22
    "welcome_text": ("form",),  # B-43, E-68
    "protection_text": (  # A-35…A-38, B-09
        "form",
        "receipt page",
        "status page",
        "receipt",
        "acknowledgement",
    ),
    "anonymity_text": ("form",),  # D-29, E-33
    "exclusions_text": ("form",),  # D-51, E-18…E-20
    "copy_text": ("form", "receipt page"),
    "public_record_text": ("form",),  # B-27
    "privacy_text": ("form",),  # B-42
    "privacy_url": ("form",),  # B-42
    "steps_text": ("form", "receipt page", "acknowledgement"),  # B-23, B-24
    "onward_text": ("reply", "closing"),  # A-14, C-27, D-05
    "delay_text": ("delay",),
}
PARTS = {
    "complaint.policy.channel": {
        "instructions": ("form",),  # B-12…B-14, D-27
        "short_url": ("form",),  # E-47
    },
    "complaint.policy.choice": {"name": ("form",), "definition": ("form",)},
    "complaint.policy.field": {"label": ("form",), "hint": ("form",)},
    "complaint.category": {
        "name": ("form",),
        "description": ("form",),
        "redirect_text": ("redirect",),  # E-21
    },
}
# Texts that are not for the public.
INTERNAL = {
    "complaint.policy": {
        "code",
        "change_reason",
        "assumptions",
        "report_recipient",
        "checkback_months",
        # Told below a refusal of documents: the answer page has a test of its own.
        "access_appeal_text",
        # Told to who asks about the own data: the letter has a test of its own.
        "data_purposes",
        "data_recipients",
        "erasure_text",
    },
    "complaint.policy.channel": {"source"},
    "complaint.policy.choice": {"value", "source"},
    "complaint.policy.field": {"source"},
    "complaint.policy.term": {"source"},
    "complaint.category": {"code", "parent_path"},
}
# Never folded away, and those of which the first paragraph is not.
OPEN = ("protection_text", "exclusions_text")
OPENING = ("welcome_text", "public_record_text", "privacy_text", "copy_text")
# Open where it is refused.
REFUSED = ("anonymity_text",)
# Words that are the same in two languages.
SAME = {"Anonym", "Brev", "E-post", "Fax", "Ja", "Ta bort", "Telefon"}
SAME |= {"En tolk", "English", "Norsk bokmål", "Send", "Svenska"}
# Which question offers the choices of a subject.
CHOSEN = {"kind": "kind", "complainant": "complainant_kind"}
ADDRESS = {
    "street": "Storgatan 13",
    "zip": "915 81",
    "city": "Robertsfors",
    "phone": "+46 934 140 00",
    "email": "klagomal@example.com",
}


def _squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def _paragraphs(text):
    """The words of a text, block by block."""
    blocks = html.fragments_fromstring(text)
    words = [one if isinstance(one, str) else one.text_content() for one in blocks]
    return [one for one in map(_squeezed, words) if one]


# What a form at a public body calls what is sent.
PUBLIC = {"nb": "offentlig dokument", "sv": "allmän handling"}


@tagged("post_install", "-at_install")
class TestProcedureTexts(ExampleCase, HttpCase):
    """What a procedure says to the public is read where it belongs."""

    def setUp(self):
        super().setUp()
        self.patch(form_token, "TOO_QUICK", 0)

    def _policy(self, code):
        units = self.env["complaint.unit"].search(
            [("company_id", "=", company(self.env, code).id), ("slug", "!=", False)]
        )
        units.write(ADDRESS)
        policy = units._public_policy()
        return policy.with_context(lang=policy.lang)

    def _page(self, url, **data):
        response = self.url_open(url, data=data or None)
        self.assertEqual(response.status_code, 200, response.text[:2000])
        return html.fromstring(response.content)

    def _send(self, code, policy):
        """The receipt page of a complaint that was sent through the form."""
        url = f"/klage/{organisation(code)}"
        page = self._page(url)
        form = next(one for one in page.forms if "description" in one.fields)
        given = {name: value for name, value in form.form_values() if value}
        given |= {
            "anonymity": "open",
            "kind": "complaint",
            "complainant_kind": policy._choices("complainant")[0].value,
            "name": "Doris Lind",
            "email": "doris.lind@example.com",
            "description": "Det var kaldt i hele bygget.",
        }
        return self._page(url, **given)

    def _letter(self, case, purpose):
        values = {
            "deadline": case.deadline_ids[:1],
            "reason": None,
            "until": date(2027, 1, 15),
            "is_first": True,
            "lesson": None,
        }
        letter = self.env["complaint.correspondence"]
        return html.fromstring(f"<div>{letter._default_body(case, purpose, **values)}")

    def _places(self, code, policy):
        """Every place where the public reads, by its name."""
        receipt = self._send(code, policy)
        secret = receipt.xpath("//p[@class='secret']")[0].text_content().strip()
        case = self.env["complaint.case"].search(
            [("company_id", "=", company(self.env, code).id)],
            order="id desc",
            limit=1,
        )
        places = {
            "form": self._page(f"/klage/{organisation(code)}"),
            "receipt page": receipt,
            "status page": self._page("/klage/status", code=secret),
        }
        elsewhere = self.env["complaint.category"].search(
            [("redirect_text", "!=", False)]
        )
        for purpose in LETTERS:
            if purpose == "redirect":
                case.category_ids = elsewhere
            places[purpose] = self._letter(case, purpose)
        return places, elsewhere.with_context(lang=policy.lang)

    def _missing(self, code):
        """What the public should read and does not: pairs of place and text."""
        policy = self._policy(code)
        places, elsewhere = self._places(code, policy)
        missing = {
            (place, name)
            for records, texts in self._told(policy, elsewhere)
            for name, wanted in texts.items()
            for record in records
            for place in wanted
            if record[name] and not self._is_told(places[place], record[name])
        }
        form = places["form"]
        missing |= {("form", name) for name in self._unreached(policy, form)}
        for one in form.xpath("//details"):
            one.getparent().remove(one)
        seen = _squeezed(form.text_content())
        refused = () if policy._allows_anonymity("web") else REFUSED
        return missing | {
            ("open", name)
            for names, until in ((OPEN + refused, None), (OPENING, 1))
            for name in names
            for words in _paragraphs(policy[name] or "")[:until]
            if words not in seen
        }

    def _told(self, policy, elsewhere):
        """Records with the table of their texts, as far as the form asks for them."""
        asked = policy.field_ids.mapped("name")
        spoken = policy.choice_ids.filtered(
            lambda choice: CHOSEN.get(choice.subject) in asked
        )
        grounds = policy.category_ids if "categories" in asked else elsewhere.browse()
        table = PARTS["complaint.category"]
        # Who shall take part is asked once it is sent.
        later = policy.field_ids.filtered(lambda row: row.name == "invite")
        return [
            (policy, POLICY),
            (policy.channel_ids, PARTS["complaint.policy.channel"]),
            (spoken, PARTS["complaint.policy.choice"]),
            (policy.field_ids - later, PARTS["complaint.policy.field"]),
            (later, {"label": ("status page",), "hint": ("status page",)}),
            (grounds, {name: table[name] for name in ("name", "description")}),
            (elsewhere, {"redirect_text": table["redirect_text"]}),
        ]

    def _is_told(self, page, value):
        """Whether all the words stand on a page, or it leads there."""
        text, links = _squeezed(page.text_content()), page.xpath("//a/@href")
        if isinstance(value, date):
            return format_date(self.env, value, lang_code="sv_SE") in text
        return value in links or all(words in text for words in _paragraphs(value))

    def _unreached(self, policy, page):
        """Where the organisation is, and which questions must be answered."""
        contact = " ".join(one.text_content() for one in page.xpath("//address"))
        for name, value in ADDRESS.items():  # B-14, D-52
            if value not in contact:
                yield name
        starred = page.xpath("//*[@class='star']")  # B-41
        if not page.xpath("//p[@class='marked']/span[@class='star']"):
            yield "star"
        for row in policy.field_ids.filtered(lambda row: row.requirement == "required"):
            if not any(row.label in one.getparent().text_content() for one in starred):
                yield "star"
        public = PUBLIC[policy.lang[:2]]
        if policy.is_public_body and public not in page.text_content():
            yield "is_public_body"

    def test_each_text_for_the_public_is_told_where_it_belongs(self):
        # B-03, D-02
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                self.assertEqual(self._missing(code), set())

    def test_what_is_not_in_the_language_of_the_page_says_its_own(self):
        # C-15, WCAG 3.1.2
        for code in ORGANISATIONS:
            policy = self._policy(code)
            own = policy.lang[:2]
            url = f"/klage/{organisation(code)}"
            spoken = set(self._texts(self._page(f"{url}?lang={own}")))
            for other in {"nb", "sv", "en"} - {own}:
                page = self._page(f"{url}?lang={other}")
                names = self._names(policy)
                untold = {
                    text
                    for text, lang in self._spoken_texts(page)
                    if lang == other and text in spoken and text not in names
                }
                with self.subTest(policy=code, lang=other):
                    self.assertEqual(page.get("lang"), other)
                    self.assertFalse(untold - SAME)
                    told = {lang for _text, lang in self._spoken_texts(page)}
                    self.assertIn(own, told)

    def _spoken_texts(self, page):
        """Every text of a page that has a word, with the language it is said in."""
        for node in page.iter():
            if not isinstance(node.tag, str) or node.tag in ("script", "style"):
                continue
            lang = node.xpath("ancestor-or-self::*[@lang][1]/@lang")
            above = node.xpath("ancestor::*[@lang][1]/@lang") or lang
            for text, language in ((node.text, lang), (node.tail, above)):
                words = _squeezed(text or "")
                if re.search(r"[^\W\d_]{2}", words):
                    yield words, language[-1]

    def _texts(self, page):
        return [text for text, _lang in self._spoken_texts(page)]

    def _names(self, policy):
        """What is the same in each language: organisations, places, addresses."""
        units = self.env["complaint.unit"].search(
            [("company_id", "=", policy.company_id.id)]
        )
        names = {unit._public_name() for unit in units} | set(ADDRESS.values())
        names |= {line for unit in units for line in unit._public_contact()}
        for unit in units:
            names |= set(unit._public_places().values())
        return names | {policy._channel("web")._address().get("said", "")}

    def test_a_text_that_a_template_no_longer_tells_is_noticed(self):
        names = sorted(set(POLICY) - {"name", "brand", "form_title"})
        views = self.env["ir.ui.view"].search([("key", "=like", "klagebehandling%")])
        told = re.compile(rf"policy\.({'|'.join(names)})\b")
        for view in views.filtered(lambda view: told.search(view.arch_db)):
            view.arch_db = told.sub("policy.brand", view.arch_db)
        self.patch(type(self.env["complaint.policy"]), "_adoption", lambda policy: [])
        found = {name for code in ORGANISATIONS for _place, name in self._missing(code)}
        self.assertLessEqual(set(names) - {"adopted_on", "recommended_on"}, found)

    def test_a_text_of_a_part_that_is_no_longer_told_is_noticed(self):
        self._policy("lepro").category_ids[:1].description = "What it means."
        questions = type(self.env["complaint.portal.question"])
        policies, ways = (
            type(self.env[f"complaint.{model}"])
            for model in ("policy", "policy.channel")
        )
        asked = questions._asked
        self.patch(
            questions,
            "_option",
            lambda self, value, *_words, **more: {
                "value": str(value),
                "label": "–",
                "hint": None,
                **more,
            },
        )
        self.patch(
            questions,
            "_asked",
            lambda self, policy: {
                name: (is_required, None, None)
                for name, (is_required, *_words) in asked(self, policy).items()
            },
        )
        self.patch(policies, "_other_ways", lambda policy: [])
        self.patch(ways, "_address", lambda way: {})
        views = self.env["ir.ui.view"].search([("key", "=like", "klagebehandling%")])
        for told, other in (
            ("ground.redirect_text", "ground.code"),
            ("own_way.instructions", "policy.brand"),
        ):
            for view in views.filtered(lambda view, told=told: told in view.arch_db):
                view.arch_db = view.arch_db.replace(told, other)
        found = {name for code in ORGANISATIONS for _place, name in self._missing(code)}
        self.assertLessEqual(
            {name for table in PARTS.values() for name in table}, found
        )

    def test_a_public_body_says_so_without_a_text_of_its_own(self):
        # B-27
        policy = self._policy("gislaved")
        self.env.cr.execute(
            "UPDATE complaint_policy SET public_record_text = NULL WHERE id = %s",
            [policy.id],
        )
        policy.invalidate_recordset()
        page = self._page(f"/klage/{organisation('gislaved')}")
        self.assertNotIn("is_public_body", self._unreached(policy, page))

    def test_no_text_is_forgotten(self):
        for model, internal in INTERNAL.items():
            public = POLICY if model == "complaint.policy" else PARTS.get(model, {})
            texts = {
                name
                for name, field in self.env[model]._fields.items()
                if field.type in ("char", "text", "html")
                and field.store
                and name != "display_name"
            }
            if model == "complaint.policy":
                texts |= {"adopted_on", "recommended_on"}
            with self.subTest(model=model):
                self.assertEqual(texts, internal | public.keys())

    def test_short_address_is_shown_and_has_somewhere_to_lead(self):
        # E-47
        page = self._page(f"/klage/{organisation('gislaved')}")
        (link,) = page.xpath("//a[@href='https://gislaved.se/tycktill']")
        self.assertEqual(link.text_content(), "gislaved.se/tycktill")
        self.assertFalse(link.xpath("ancestor::details"))
        way = self._policy("gislaved")._channel("web")
        way_sudo = way.new({"short_url": "http://a.example/b"}, origin=way)
        self.assertEqual(way_sudo._address()["url"], "http://a.example/b")
        for said in ("javascript:alert(1)", "//evil.example", "data:text/html,x"):
            way_sudo.short_url = said
            self.assertTrue(way_sudo._address()["url"].startswith("https://"))
