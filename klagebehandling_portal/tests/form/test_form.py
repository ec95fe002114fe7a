from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestForm(PortalCase):
    def test_each_change_of_what_is_asked_is_seen_at_once(self):
        ground = self.env.ref("klagebehandling.category_theft")
        self.policy.write(
            {
                "category_ids": [Command.set(ground.ids)],
                "field_ids": [self._field("unit_id"), self._field("categories")],
            }
        )
        self.assertNotIn("Locksmith", self.url_open(self.url).text)
        self.workshop.name = "Locksmith"
        self.assertIn("Locksmith", self.url_open(self.url).text)
        ground.update_field_translations("name", {"en_US": "Things that vanish"})
        self.assertIn("Things that vanish", self.url_open(self.url).text)
        self.policy.field_ids[0].label = "Where was it?"
        self.assertIn("Where was it?", self.url_open(self.url).text)
        self.workshop.is_public = False
        self.assertNotIn("Locksmith", self.url_open(self.url).text)
        self.management.slug = False
        self.assertEqual(self.url_open(self.url).status_code, 404)

    def test_form_becomes_a_case_through_the_door(self):
        # E-44
        self.policy.write(
            {
                "category_ids": [
                    (6, 0, self.env.ref("klagebehandling.category_theft").ids)
                ],
                "field_ids": [
                    self._field(name)
                    for name in (
                        "kind",
                        "unit_id",
                        "categories",
                        "title",
                        "description",
                        "event_date",
                        "desired_outcome",
                        "name",
                        "email",
                        "wants_reply",
                        "reply_channel",
                    )
                ],
            }
        )
        page = self._send(
            kind="view",
            unit_id=self.workshop.id,
            categories="theft",
            title="Tools",
            description="Tools disappear.",
            event_date="2026-10-30",
            desired_outcome="A lock",
            name="Kari Nordmann",
            email="kari@example.com",
            wants_reply="yes",
            reply_channel="email",
        )
        self.assertEqual(page.status_code, 200)
        case = self._case(page)
        self.assertEqual(case.channel, "web")
        self.assertEqual(case.kind, "view")
        self.assertEqual(case.unit_id, self.workshop)
        self.assertEqual(case.category_ids.code, "theft")
        self.assertEqual(case.title, "Tools")
        self.assertEqual(case.description, "Tools disappear.")
        self.assertEqual(str(case.event_date), "2026-10-30")
        self.assertEqual(case.desired_outcome, "A lock")
        self.assertEqual(case.reply_channel, "email")
        self.assertEqual(case.anonymity, "open")
        self.assertEqual(case.party_ids.name, "Kari Nordmann")
        self.assertEqual(case.create_uid, self.env.ref("base.public_user"))

    def test_each_kind_of_the_procedure_can_be_sent(self):
        # A-04, B-37
        for kind in ("complaint", "view", "whistleblowing"):
            with self.subTest(kind=kind):
                case = self._case(self._send(kind=kind))
                self.assertEqual(case.kind, kind)

    def test_only_kind_is_not_asked_but_kept(self):
        self.policy.choice_ids.filtered(lambda one: one.value != "view").unlink()
        self.assertNotIn('name="kind"', self.url_open(self.url).text)
        self.assertEqual(self._case(self._send()).kind, "view")

    def test_protected_identity_is_kept_as_protected(self):
        case = self._case(self._send(anonymity="protected", name="Kari Nordmann"))
        self.assertEqual(case.anonymity, "protected")
        self.assertTrue(case.party_ids.is_protected)

    def test_concerning_the_nearest_manager_goes_above(self):
        #
        case = self._case(self._send(unit_id=self.workshop.id, about_manager="yes"))
        self.assertEqual(case.handler_id, self.director)
        self.assertIn(self.leader, case.walled_user_ids)

    def test_who_shall_take_part_is_asked_once_it_is_sent(self):
        #
        self.policy.write(
            {
                "is_nav_partner": True,
                "field_ids": [
                    self._field("description"),
                    self._field("place_type"),
                    self._field("invite"),
                ],
            }
        )
        self.assertNotIn('name="invite"', self.url_open(self.url).text)
        for place, is_offered in (("nav", True), ("municipal", False)):
            page = self._send(place_type=place, invite="external_caseworker")
            case = self._case(page)
            self.assertEqual(case.place_type, place)
            self.assertFalse(case.has_external_parties)
            code = self._code(page)
            status = self.url_open("/klage/status", data={"code": code})
            roles = [
                one.get("value")
                for one in html.fromstring(status.content).xpath(
                    "//input[@name='roles']"
                )
            ]
            self.assertIn("staff", roles)
            self.assertEqual("external_caseworker" in roles, is_offered)

    def test_nav_is_not_offered_where_it_is_no_partner(self):
        self.policy.field_ids = [self._field("place_type"), self._field("invite")]
        page = self.url_open(self.url)
        self.assertNotIn("NAV", page.text)
        self.assertNotIn("place_type", page.text)

    def test_form_uses_the_words_and_the_order_of_the_procedure(self):
        # B-31…B-41, D-53
        self.policy.write(
            {
                "brand": "Have your say",
                "purpose": "<p>We want to get better.</p>",
                "exclusions_text": "<p>This is no appeal.</p>",
                "public_record_text": "<p>It becomes a public document.</p>",
                "privacy_text": "<p>We follow the law.</p>",
                "copy_text": "<p>Keep a copy.</p>",
                "field_ids": [
                    self._field(
                        "event_date",
                        "required",
                        sequence=1,
                        label="The day",
                        hint="Or near",
                    ),
                    self._field(
                        "description", "required", sequence=2, label="Your words"
                    ),
                ],
            }
        )
        text = self.url_open(self.url).text
        for words in (
            "Have your say",
            "We want to get better.",
            "This is no appeal.",
            "It becomes a public document.",
            "We follow the law.",
            "Keep a copy.",
            "must be answered",
            "Or near",
        ):
            self.assertIn(words, text)
        # The story first, whatever the order of the procedure.
        self.assertLess(text.index("Your words"), text.index("The day"))
        self.assertLess(text.index("Your words"), text.index('name="anonymity"'))
        self.assertNotIn('name="phone"', text)

    def test_required_fields_of_the_procedure_are_named_at_their_place(self):
        self.policy.field_ids = [
            self._field("description", "required"),
            self._field("complainant_kind", "required"),
            self._field("contact", "required"),
            self._field("unit_id", "required"),
        ]
        count = self._case_count()
        page = self._send(description="", anonymity="")
        self.assertEqual(page.status_code, 422)
        for name in (
            "anonymity",
            "description",
            "complainant_kind",
            "contact",
            "unit_id",
        ):
            self.assertTrue(self._error_of(page, name))
        self.assertEqual(self._case_count(), count)

    def test_reply_needs_an_address_where_it_shall_go(self):
        # E-55
        for channel, name in (
            ("email", "email"),
            ("phone", "phone"),
            ("sms", "phone"),
        ):
            page = self._send(wants_reply="yes", reply_channel=channel)
            self.assertIn("another way", self._error_of(page, name))
        page = self._send(wants_reply="no", reply_channel="email")
        self.assertEqual(page.status_code, 200)

    def test_list_offers_only_units_of_the_same_procedure(self):
        other = self._create_policy("other")
        self.kitchen.policy_id = other
        hidden = self._create_unit(
            "Hidden", parent_id=self.management.id, is_public=False
        )
        text = self.url_open(self.url).text
        self.assertIn(f'value="{self.workshop.id}"', text)
        self.assertNotIn(f'value="{self.kitchen.id}"', text)
        self.assertNotIn(f'value="{hidden.id}"', text)
        self.assertEqual(self._send(unit_id=hidden.id).status_code, 422)

    def test_unknown_address_gives_a_page_and_status_404(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        for path in ("/klage/nowhere", "/klage/a/b/c"):
            page = self.url_open(f"{path}?lang=sv")
            self.assertIn('<html lang="sv">', page.text, path)
            self.assertIn("Sidan finns inte", page.text, path)
        for path in ("/klage/nowhere", "/klage/workshop-test/deep/er", "/klage/%00"):
            page = self.url_open(path)
            self.assertEqual(page.status_code, 404)
            self.assertIn("This page does not exist", page.text)
        for method, path in (
            ("POST", "/klage/nowhere"),
            ("POST", "/klage/no/where"),
            ("DELETE", self.url),
        ):
            page = self.url_open(path, method=method)
            self.assertEqual(page.status_code, 404)
            self.assertIn("This page does not exist", page.text)

    def test_start_page_lists_the_forms_or_opens_the_only_one(self):
        self.env["complaint.unit"].search([("slug", "!=", False)]).slug = False
        self.management.slug = "workshop-test"
        page = self.url_open("/klage", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertTrue(page.headers["Location"].endswith(self.url))
        self.kitchen.slug = "kitchen-test"
        page = self.url_open("/klage")
        self.assertIn(self.url, page.text)
        self.assertIn("/klage/kitchen-test", page.text)

    def test_language_is_that_of_the_procedure_unless_asked(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.policy.lang = "sv_SE"
        self.assertIn('<html lang="sv">', self.url_open(self.url).text)
        self.assertIn('<html lang="en">', self.url_open(f"{self.url}?lang=en").text)
        self.assertIn('<html lang="sv">', self.url_open(f"{self.url}?lang=xx").text)
        self.assertEqual(
            self._case(self._send(url=f"{self.url}?lang=en")).lang, "en_US"
        )
