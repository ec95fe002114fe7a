from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.policy_pack import PolicyPackCase

OFFICE = "Socialkontoret, Storgatan 13, 915 81 Robertsfors"
TEXTS = {
    # D-03, D-04
    "purpose": ["idéer, synpunkter och klagomål", "i dialog med den enskilde"],
    # D-02, D-19
    "scope": [
        "socialnämndens verksamhetsområde",
        "Samma rutiner för klagomålshantering gäller inom samtliga verksamheter",
    ],
    "definitions": [  # D-09
        "Vi definierar ett klagomål som ett klart uttryck och påtagligt missnöje med "
        "verksamhetens service och tjänster."
    ],
    "welcome_text": ["på allvar", "enkelt och smidigt"],  # D-03, D-06
    "protection_text": [  # D-12, D-13
        "rätt att uttrycka dina åsikter",
        "behandlas rättvist och respektfullt",
    ],
    # D-28, D-29: true because of the code
    "anonymity_text": ["Du kan vara anonym", "Spara koden", "utan koden inte kan"],
    # D-51
    "exclusions_text": ["OBS! Denna blankett ersätter inte överklagande av beslut"],
    "public_record_text": ["diarieförs", "allmän handling"],  # D-41
    "steps_text": [
        "reda ut enkla fel eller missförstånd genast",  # D-15
        "vad det är som kan ha blivit fel eller varför ett visst beslut",  # D-16
        "inte vara rädda för att be om ursäkt",  # D-17
        "hållas underrättad om handläggningens gång",  # D-39
        "på ett snabbt och enkelt sätt få rättelse av berörd enhet",  # D-47
    ],
    "privacy_text": ["Namn, adress och telefon är frivilliga uppgifter"],  # D-50
    # D-05, D-27
    "onward_text": ["veta vart du kan vända dig", OFFICE],
    "delay_text": ["tar längre tid", "fortfarande öppet"],  # D-39
}
FIELDS = [  # D-50
    ("event_date", "Datum", "voluntary"),
    ("unit_id", "Vilken verksamhet vill du klaga på?", "voluntary"),
    ("description", "Klagomål och synpunkter", "required"),
    ("name", "Namn", "voluntary"),
    ("street", "Adress", "voluntary"),
    ("zip", "Postnummer", "voluntary"),
    ("city", "Ort", "voluntary"),
    ("phone", "Telefon", "voluntary"),
    ("email", "E-post", "voluntary"),
    ("reply_channel", "Hur vill du att vi kontaktar dig?", "voluntary"),
    ("kind", "Är det ett klagomål, en synpunkt eller en idé?", "voluntary"),
    ("complainant_kind", "Vem är du?", "voluntary"),
    ("attachments", "Bilagor", "voluntary"),
]
DUE = [  # D-37
    ("acknowledge", "2026-05-29T10:40", "2026-06-05", None),
    ("acknowledge", "2026-03-03T08:30", "2026-03-10", None),
    ("acknowledge", "2026-11-02T07:15", "2026-11-09", None),
    ("acknowledge", "2026-12-18T12:00", "2026-12-25", "2026-12-24"),
    ("reply", "2026-11-02T07:15", "2026-12-02", None),  # D-07
]


@tagged("post_install", "-at_install")
class TestRobertsfors(PolicyPackCase):
    policy_xmlid = "klagebehandling_se.policy_robertsfors"

    def test_procedure_has_every_axis_set(self):
        self.assertPreset(
            code="robertsfors",
            name="Robertsfors kommun: Policy för klagomålshantering",
            lang="sv_SE",
            country_id=self.env.ref("base.se"),
            tz="Europe/Stockholm",
            calendar_id=self.env.ref("klagebehandling_se.resource_calendar_se"),
            adopting_body="Socialnämnden",  # D-01
            decision_reference="§ 105/2004",  # D-01
            adopted_on=False,
            form_title="Blankett för klagomål",  # D-53
            form_body="Socialutskottet",  # D-53
            is_public_body=True,
            has_open_register=False,
            has_running_series=True,  # D-41
            has_auto_receipt=False,
            is_nav_partner=False,
            is_minutes_signed=False,
            is_lesson_required=False,
            is_report_public=False,
            report_recipient="Socialnämnden",  # D-46
            is_followed_up=True,  # D-45
            is_routine_confirmed=True,  # D-18
            is_selfchecked=True,  # D-49
            report_month=0,
            stale_after=10,  # D-07
        )

    def test_management_asks_itself_each_quarter(self):
        questions = self.policy.question_ids.mapped("name")
        self.assertIn(  # D-48
            "Behövs nya arbetssätt eller en förbättrad organisation?", questions
        )
        self.assertEqual(len(questions), 4)  # D-49

    def test_time_limits(self):
        self.assertTerms(
            {
                ("acknowledge", 7, "day", "always", 2): {"needs_handler"},  # D-37, D-38
                ("reply", 30, "day", "always", 2): set(),  # D-07
            }
        )

    def test_due_dates(self):
        for row in DUE:
            with self.subTest(row=row):
                self.assertDue(*row)

    def test_one_may_be_anonymous_in_every_channel(self):
        # D-21; D-23; D-24; D-20, D-25, D-26; D-22; and D-28 in all
        ways = ("phone", "letter", "email", "meeting", "paper_form", "web")
        self.assertChannels([(way, True) for way in ways])

    def test_where_to_turn_and_find_the_form(self):
        for way in ("phone", "letter", "email", "meeting"):  # D-27
            self.assertInstructions(way, "verksamhet det gäller")
        self.assertInstructions("meeting", "Samtal eller besök")  # D-25, D-26
        self.assertInstructions("meeting", "skriver vi ned klagomålet")  # D-33
        self.assertInstructions("paper_form", "alla enheter")  # D-30
        self.assertInstructions("paper_form", "expedition")  # D-30
        self.assertInstructions("paper_form", OFFICE)  # D-52
        self.assertInstructions("letter", OFFICE)  # D-52

    def test_choices(self):
        self.assertChoices(
            "kind",
            [  # D-03
                ("complaint", "Klagomål"),
                ("view", "Synpunkt"),
                ("suggestion", "Idé"),
            ],
        )
        complaint = self.policy._choices("kind")[0]
        # D-09
        self.assertIn("klart uttryck och påtagligt missnöje", complaint.definition)
        self.assertChoices(
            "complainant",
            [
                ("service_user", "Den enskilde"),  # D-03
                ("next_of_kin", "Närstående"),
                ("other", "Annan"),
            ],
        )
        self.assertChoices(
            "role",
            [
                ("head_of_social_services", "Socialchef"),  # D-45
                ("caseworker", "Ansvarig handläggare"),  # D-38
                ("receiver", "Den som tar emot klagomålet"),  # D-31
                ("social_office", "Socialkontoret"),  # D-27
                ("social_committee", "Socialnämnden"),  # D-46
            ],
        )

    def test_form(self):
        self.assertFields(FIELDS)
        self.assertHint("unit_id", "Gruppboendet på Bäckvägen")  # D-50
        self.assertHint("event_date", "Den dag det hände")  # D-50

    def test_grounds_fit_social_services(self):
        self.assertServiceGrounds()

    def test_texts_are_in_swedish(self):
        self.assertTexts(TEXTS)

    def test_what_the_policy_does_not_say_is_marked(self):
        self.assertAssumed(
            {
                "term_ids": {"reply"},
                "channel_ids": {"web"},
                "choice_ids": {"next_of_kin", "other"},
                "field_ids": {
                    "event_date",
                    "email",
                    "reply_channel",
                    "kind",
                    "complainant_kind",
                    "attachments",
                },
            },
            "D",
        )
        self.assertAssumptions(
            "30 dagar", "10 arbetsdagar", "webbformulär", "inte vilket datum"
        )
        self.assertTrue(self.policy.is_grounds_assumed)

    def test_friendly_words_and_three_answers(self):
        # D-04, D-10, D-11
        self.assertTrue(self.policy.is_dialogue_required)
        fitting = self.env["complaint.wording"]._fitting
        for use in ("spoken", "reply"):
            texts = fitting(use, self.env.company, self.policy, "complaint", "sv_SE")
            self.assertIn("Tack för att du", " ".join(texts.mapped("body")), use)
