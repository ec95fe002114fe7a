from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.policy_pack import PolicyPackCase

POST = "Social verksamhet, Gruvstugutorget, 714 80 Kopparberg"
TEXTS = {
    "purpose": [  # B-01, B-02
        "Genom synpunkt- och klagomålshantering skall verksamheterna fånga upp och "
        "tillförsäkra våra kommuninvånare och andra att komma till tals och påverka "
        "händelser som berör dem och som de har upplevt som negativa eller felaktiga.",
        "Hanteringen skall förbättra situationen för den enskilde, samtidigt som den "
        "skall verka för att höja kvalitén i hela verksamheten.",
    ],
    # B-03, B-04
    "scope": ["både beviljar och utför", "inom hela organisationen"],
    "welcome_text": [
        "synpunkter, klagomål och förslag kommer fram",  # B-43
        "eller är anhörig",  # B-05
        "på ett enkelt sätt",  # B-06
        "felaktigheter eller störningsmoment elimineras eller rättas till",  # B-07
        "lära av våra misstag och försummelser och ska återföra avvikelserna",  # B-08
    ],
    "protection_text": ["tillåtet", "trygg"],  # B-09
    # B-16, B-17; B-18
    "anonymity_text": [
        "För att vi ska kunna återkoppla",
        "inte att vara anonym i e-tjänsten",
        "blanketten, där uppgifterna om dig är frivilliga",
        "spara koden",
    ],
    # B-27, B-28, B-29, B-30
    "public_record_text": [
        "allmän handling",
        "offentlighetsprincipen",
        "Om någon begär att få se en allmän handling är vi som myndighet skyldig att "
        "efter sekretessprövning, skyndsamt och i läsbar form, tillhandahålla den.",
    ],
    "privacy_text": ["dataregister", "Dataskyddsförordningen (GDPR)"],  # B-42
    "steps_text": [
        "skall du som önskar få ett svar",  # B-21
        "Svar behöver inte betyda en lösning",  # B-23
        "vi håller dig underrättad om vad som händer",  # B-24
        "Samtliga klagomål redovisas till kommunstyrelsen 1 gång per år och ingår i "
        "vårt förbättringsarbete",  # B-25, B-26
        "registreras detta i kommunens e-tjänst",  # B-20
    ],
    "delay_text": ["tar längre tid", "fortfarande öppet"],  # B-24
}
FIELDS = [
    ("unit_id", "Enhet", "voluntary"),  # B-31
    ("name", "Namn", "voluntary"),  # B-32
    ("street", "Adress", "voluntary"),  # B-33
    ("zip", "Postnummer", "voluntary"),  # B-34
    ("city", "Ort", "voluntary"),  # B-34
    ("phone", "Telefonnummer", "voluntary"),  # B-35
    ("email", "E-post", "voluntary"),  # B-35
    ("contact", "E-post, telefonnummer eller adress", "required"),  # B-16
    ("complainant_kind", "Synpunkt från", "required"),  # B-36
    ("kind", "Kryssa i lämpligt alternativ", "required"),  # B-37
    ("description", "Beskriv synpunkten eller klagomålet", "required"),  # B-38
    ("event_date", "Datum för händelsen", "voluntary"),  # B-39
    ("attachments", "Extra blad", "voluntary"),  # B-40
    ("wants_reply", "Jag önskar få ett svar", "voluntary"),  # B-22
]
DUE = [  # B-15, B-21
    ("reply", "2026-04-01T14:20", "2026-04-15", None),
    ("acknowledge", "2026-04-01T14:20", "2026-04-15", None),
    ("reply", "2026-04-17T23:30", "2026-05-01", "2026-04-30"),
    ("reply", "2026-06-06T09:00", "2026-06-20", "2026-06-19"),  # eves are open here
]


@tagged("post_install", "-at_install")
class TestLjusnarsberg(PolicyPackCase):
    policy_xmlid = "klagebehandling_se.policy_ljusnarsberg"

    def test_procedure_has_every_axis_set(self):
        self.assertPreset(
            code="ljusnarsberg",
            name="Ljusnarsbergs kommun: Synpunkt- och klagomålshantering "
            "inom sociala verksamheterna",
            lang="sv_SE",
            country_id=self.env.ref("base.se"),
            tz="Europe/Stockholm",
            calendar_id=self.env.ref("klagebehandling_se.resource_calendar_se"),
            form_title="Lämna synpunkter och klagomål på social verksamhet",  # B-10
            form_body="Social verksamhet",
            privacy_url="https://www.ljusnarsberg.se/dataskydd",  # B-42
            has_auto_receipt=True,
            is_public_body=True,  # B-27
            has_open_register=False,
            has_running_series=True,  # B-20
            is_nav_partner=False,
            is_minutes_signed=False,
            is_lesson_required=False,
            is_measure_required=True,  # B-07
            is_selfchecked=True,  # B-26
            is_report_public=False,
            report_recipient="Kommunstyrelsen",  # B-25
            report_month=0,
            stale_after=0,
        )

    def test_reply_is_due_only_for_who_wants_one(self):
        self.assertTerms(
            {
                ("acknowledge", 14, "day", "always", 2): set(),
                ("reply", 14, "day", "wants_reply", 2): set(),  # B-15, B-21, B-22
            }
        )
        reply = self.policy.term_ids.filtered(lambda term: term.milestone == "reply")
        facts = {"has_external_parties": False, "is_acknowledged_only": False}
        self.assertTrue(reply._applies_to({**facts, "wants_reply": True}))
        self.assertFalse(reply._applies_to({**facts, "wants_reply": False}))

    def test_due_dates(self):
        for row in DUE:
            with self.subTest(row=row):
                self.assertDue(*row)

    def test_only_the_e_service_forbids_anonymity(self):
        self.assertChannels(
            [
                ("web", False),  # B-10, B-16
                ("paper_form", True),  # B-11, B-18
                ("letter", True),  # B-14
                ("phone", True),  # B-13
                ("meeting", True),  # B-19
            ]
        )
        self.assertFalse(self.policy._allows_anonymity("web"))  # B-16
        self.assertTrue(self.policy._allows_anonymity("paper_form"))  # B-18

    def test_how_to_get_and_return_the_form(self):
        self.assertInstructions("web", "går det inte att vara anonym")  # B-16
        self.assertInstructions("paper_form", "på kommunens enheter")  # B-12
        self.assertInstructions("paper_form", "frivilliga")  # B-18
        self.assertInstructions("paper_form", "skriva på baksidan")  # B-40
        self.assertInstructions("paper_form", POST)  # B-14
        self.assertInstructions("letter", POST)  # B-14
        self.assertInstructions("phone", "få blanketten hemskickad")  # B-13
        self.assertInstructions("meeting", "enhetschefen eller socialchefen")  # B-19

    def test_choices(self):
        self.assertChoices(
            "kind",
            [  # B-37
                ("complaint", "Klagomål"),
                ("view", "Synpunkt"),
                ("suggestion", "Förslag"),
            ],
        )
        self.assertChoices(
            "complainant",
            [  # B-36
                ("individual", "Enskild person"),
                ("next_of_kin", "Närstående"),
                ("other", "Övriga"),
            ],
        )
        self.assertChoices(
            "role",
            [  # B-19
                ("unit_manager", "Enhetschef"),
                ("head_of_social_services", "Socialchef"),
                ("executive_board", "Kommunstyrelsen"),  # B-25
            ],
        )

    def test_form(self):
        self.assertFields(FIELDS)
        self.assertEqual(
            set(self.policy._required_fields()),
            {"contact", "complainant_kind", "kind", "description"},  # B-16, B-36..38
        )
        self.assertHint("contact", "I e-tjänsten behöver vi")  # B-16
        self.assertHint("description", "vilket datum eller tidpunkt")  # B-39
        self.assertHint("description", "vilken enhet")  # B-39
        self.assertHint("attachments", "bifoga ett extra blad")  # B-40

    def test_grounds_fit_social_services(self):
        self.assertServiceGrounds()

    def test_texts_are_in_swedish(self):
        self.assertTexts(TEXTS)

    def test_what_the_policy_does_not_say_is_marked(self):
        self.assertAssumed(
            {
                "term_ids": {"acknowledge"},
                "channel_ids": {"letter", "phone", "meeting"},
                "field_ids": {"event_date"},
            },
            "B",
        )
        self.assertAssumptions(
            "bekräftas inom 14 dagar",
            "automatiskt kvitto",
            "anonym",
            "som brev",
            "två fält",
            "Listan över vad ärendet handlar om",
        )
        self.assertTrue(self.policy.is_grounds_assumed)
