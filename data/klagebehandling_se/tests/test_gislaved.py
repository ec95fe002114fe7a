from datetime import date

from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.policy_pack import PolicyPackCase

WAYS = ("letter", "paper_form", "phone", "email", "social_media", "meeting", "web")
TEXTS = {
    # E-03, E-04, E-05, E-07
    "purpose": [
        "Kommuninvånare, brukare, anhöriga och besökare",
        "på ett enkelt sätt",
        "snabba besked",
        "förbättringsarbete",
    ],
    "scope": ["verksamheter, service och tjänster"],
    "definitions": [
        "Ett klagomål är ett uttryck för ett missnöje med en tjänst som kommunen har "
        "levererat och som inte har levt upp till de förväntningar som "
        "klagomålslämnaren har haft.",  # E-15
        "bemötande eller att ett ärende har handlagts orimligt långsamt",  # E-16
        "kräver dessutom omedelbar respons",  # E-17
        "En synpunkt är en uppfattning eller åsikt",  # E-22
        "ska den så fort som möjligt utredas och åtgärdas",  # E-23
        "en uppfattning/åsikt som kräver omedelbar respons",  # E-24
        "förslag eller beröm",  # E-22
    ],
    "welcome_text": ["välkomnar vi alla synpunkter och klagomål"],  # E-68
    "steps_text": [
        "rättas till direkt",  # E-34
        "utses en handläggare som ska utreda och åtgärda",  # E-51, E-56
        "inom två arbetsdagar",  # E-52
        "besked om vem som handlägger",  # E-53
        "Inom sju arbetsdagar",  # E-57
        "via den kanal som synpunktslämnaren önskar",  # E-54, E-58
    ],
    # E-32, E-33: true because of the code
    "anonymity_text": [
        "kan lämnas anonymt",
        "Spara koden",
        "läsa svaret",
        "utan kod kan vi inte ge dig ett personligt svar",
    ],
    "exclusions_text": [
        "felanmälningar",  # E-18
        "renodlade förslag",  # E-19
        "kommunala beslut som kan överklagas",  # E-20
        "förslag tar vi emot som en synpunkt",  # E-19, E-22
        "lämnar vi vidare",  # E-21
        "överklagandetiden löper",  # E-21
    ],
    "public_record_text": ["allmän handling"],
    "privacy_text": ["hantera ditt ärende"],
    "delay_text": ["tar längre tid", "fortfarande öppet"],
}
FIELDS = [
    ("kind", "Vad vill du lämna?", "voluntary"),
    ("complainant_kind", "Vem är du?", "voluntary"),
    ("categories", "Vad handlar det om?", "voluntary"),
    ("unit_id", "Vilken verksamhet gäller det?", "voluntary"),
    ("description", "Berätta vad du tycker", "required"),  # E-43
    ("event_date", "När hände det?", "voluntary"),
    ("attachments", "Bilagor", "voluntary"),
    ("reply_channel", "Hur vill du få återkoppling?", "voluntary"),  # E-55
    ("name", "Namn", "voluntary"),
    ("email", "E-post", "voluntary"),
    ("phone", "Telefon", "voluntary"),
    ("street", "Adress", "voluntary"),
    ("zip", "Postnummer", "voluntary"),
    ("city", "Ort", "voluntary"),
]
DUE = [
    # E-52
    ("acknowledge", "2026-10-15T20:05", "2026-10-19", None),
    ("acknowledge", "2026-06-17T16:40", "2026-06-22", None),  # Midsummer Eve
    ("acknowledge", "2026-12-22T09:00", "2026-12-28", None),  # Christmas Eve
    # E-56, E-57
    ("reply", "2026-06-17T16:40", "2026-06-29", None),
    ("reply", "2026-10-15T20:05", "2026-10-26", None),
    ("reply", "2026-12-22T09:00", "2027-01-07", None),  # New Year's Eve, too
]


@tagged("post_install", "-at_install")
class TestGislaved(PolicyPackCase):
    policy_xmlid = "klagebehandling_se.policy_gislaved"

    def test_procedure_has_every_axis_set(self):
        self.assertPreset(
            code="gislaved",
            name="Gislaveds kommun: Policy och riktlinjer för hantering av "
            "klagomål och synpunkter",
            lang="sv_SE",
            country_id=self.env.ref("base.se"),
            tz="Europe/Stockholm",
            calendar_id=self.env.ref("klagebehandling_se.resource_calendar_se_eves"),
            brand="Tyck till",  # E-02
            adopting_body="Kommunfullmäktige",  # E-01
            adopted_on=date(2013, 3, 27),  # E-01
            recommending_body="Kommunstyrelsen",  # E-01
            recommended_on=date(2013, 2, 12),  # E-01
            is_public_body=True,
            has_open_register=True,
            has_running_series=True,  # E-59
            has_auto_receipt=False,
            is_nav_partner=False,
            is_minutes_signed=False,
            is_lesson_required=False,
            is_report_public=False,
            report_recipient="Kommunstyrelsen",  # E-61
            is_training_recorded=True,  # E-10
            report_month=1,  # E-62
            report_day=31,  # E-62
            stale_after=0,
        )

    def test_only_here_are_the_eves_closed(self):
        for name, eves in (
            ("resource_calendar_se", False),
            ("resource_calendar_se_eves", True),
        ):
            with self.subTest(calendar=name):
                calendar = self.env.ref(f"klagebehandling_se.{name}")
                self.assertFalse(calendar.company_id)
                self.assertEqual(calendar.tz, "Europe/Stockholm")
                self.assertEqual(calendar.holiday_country_id, self.env.ref("base.se"))
                self.assertEqual(calendar.has_holiday_eves, eves)
                days = calendar.attendance_ids.mapped("dayofweek")
                self.assertEqual(sorted(days), ["0", "1", "2", "3", "4"])
        others = self.env.ref("klagebehandling_se.policy_ljusnarsberg")
        others += self.env.ref("klagebehandling_se.policy_robertsfors")
        self.assertFalse(any(others.calendar_id.mapped("has_holiday_eves")))

    def test_time_limits_without_a_closing_one(self):
        self.assertTerms(
            {
                # E-52, E-53
                ("acknowledge", 2, "workday", "always", 1): {"needs_handler"},
                # E-56, E-57
                ("reply", 7, "workday", "always", 2): {"needs_remedy"},
            }
        )

    def test_due_dates(self):
        for row in DUE:
            with self.subTest(row=row):
                self.assertDue(*row)

    def test_one_may_be_anonymous_in_every_channel(self):
        # E-25, E-26, E-27, E-28, E-29, E-30, E-31; E-32
        self.assertChannels([(way, True) for way in WAYS])
        self.assertInstructions("social_media", "inte i en öppen tråd")  # E-29

    def test_web_form_has_a_short_address(self):
        self.assertEqual(self.policy._channel("web").short_url, "gislaved.se/tycktill")
        others = self.policy.channel_ids - self.policy._channel("web")  # E-47
        self.assertFalse(any(others.mapped("short_url")))

    def test_choices(self):
        self.assertChoices(
            "kind",
            [  # E-15, E-19, E-22
                ("complaint", "Klagomål"),
                ("view", "Synpunkt"),
                ("suggestion", "Förslag"),
                ("praise", "Beröm"),
            ],
        )
        complaint, view, suggestion, praise = self.policy._choices("kind")
        self.assertIn("uttryck för ett missnöje", complaint.definition)  # E-15
        self.assertIn("uppfattning eller åsikt", view.definition)  # E-22
        self.assertIn("synpunkt", suggestion.definition)  # E-19, E-22
        self.assertIn("synpunkt", praise.definition)  # E-22
        self.assertChoices(
            "complainant",
            [  # E-03
                ("resident", "Kommuninvånare"),
                ("service_user", "Brukare"),
                ("relative", "Anhörig"),
                ("visitor", "Besökare"),
            ],
        )
        self.assertChoices(
            "role",
            [  # E-66
                ("caseworker", "Handläggare"),
                ("nearest_manager", "Närmaste chef"),
                ("registrar", "Förvaltningens registrator"),
                ("head_of_administration", "Förvaltningschef"),
                ("committee", "Nämnd"),
                ("executive_board", "Kommunstyrelsen"),
                ("council", "Kommunfullmäktige"),
            ],
        )

    def test_form_asks_for_the_preferred_channel(self):
        self.assertFields(FIELDS)

    def test_grounds_include_treatment_and_slow_handling(self):
        codes = self.policy.category_ids.mapped("code")
        self.assertIn("conduct_treatment", codes)  # E-16
        self.assertIn("slow_handling", codes)  # E-16
        self.assertServiceGrounds()

    def test_texts_are_in_swedish(self):
        self.assertTexts(TEXTS)

    def test_what_the_guidelines_do_not_say_is_marked(self):
        fields = {name for name, _label, _requirement in FIELDS}
        self.assertAssumed(
            {"field_ids": fields - {"description", "reply_channel"}}, "E"
        )
        self.assertAssumptions(
            "Midsommarafton, julafton och nyårsafton",
            "den 31 januari",
            "riktlinjerna räknar från registreringen",
            "privat meddelande",
            "utom bemötande och långsam handläggning",
        )
        self.assertTrue(self.policy.is_grounds_assumed)

    def test_five_sentences_are_there_where_a_person_is_met(self):
        # E-37, E-38, E-39, E-40, E-41
        company = self.env.company
        fitting = self.env["complaint.wording"]._fitting
        said = {
            kind: " ".join(
                fitting("spoken", company, self.policy, kind, "sv_SE").mapped("body")
            )
            for kind in ("complaint", "praise")
        }
        sentences = (
            "Vad bra att du berättar det här.",
            "Det är viktigt för oss att få veta vad du tycker.",
            "Jag beklagar att du har upplevt det på det här sättet.",
            "Jag ska så snart som möjligt se till att ordna det här.",
            "Jag ska lämna vidare ditt ärende till den som är ansvarig och se till att "
            "vi återkommer.",
        )
        letter = fitting("acknowledgement", company, self.policy, "complaint", "sv_SE")
        for sentence in sentences:
            self.assertIn(sentence, said["complaint"])
            self.assertIn(sentence, letter.body)
        # Regret is for complaints only.
        self.assertNotIn("beklagar", said["praise"])

    def test_experience_of_the_person_is_where_we_start(self):
        # E-08
        fitting = self.env["complaint.wording"]._fitting
        for use in ("spoken", "reply"):
            texts = fitting(use, self.env.company, self.policy, "complaint", "sv_SE")
            said = " ".join(texts.mapped("body"))
            self.assertIn("det du har upplevt är riktigt", said, use)
