from datetime import datetime

from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.policy_pack import PolicyPackCase

TEXTS = {
    "purpose": [  # C-17; C-18, C-19; C-20; C-32
        "Vi bruker klager som en mulighet til å lære og forbedre kvaliteten på "
        "omsorgstjenestene",
        "systemiske problemer og iverksetter korrigerende tiltak for å forhindre "
        "lignende klager i fremtiden",
        "endringer i retningslinjer, prosedyrer eller praksis",
        "evaluerer regelmessig effektiviteten av klagebehandlingsprosedyren",
    ],
    "scope": ["klager på omsorgstjenester"],
    "welcome_text": ["støtte og veiledning"],  # C-30, C-31
    "anonymity_text": ["velge å være anonym", "Ta vare på koden"],
    "privacy_text": [  # C-08, C-25; C-21, C-22, C-23, C-24
        "sikrer konfidensialitet og respekterer personvernet",
        "lagres sikkert og konfidensielt i henhold til databeskyttelsesforskriftene",
        "detaljer om klagen, handlinger som er utført og utfallet",
    ],
    "steps_text": [
        "så raskt og effektivt som mulig",  # C-09
        "grundig undersøkelse for å samle relevant informasjon",  # C-03
        "forstå klagens natur",  # C-04
        "klager, tjenestebruker, ansatte og eventuelle vitner",  # C-05, C-06, C-07
        "handlingsplan",  # C-10
        "holder deg informert om fremdriften og løsningen",  # C-11, C-12
        "regelmessige oppdateringer",  # C-14
        "forstår trinnene",  # C-15
        "ærlige og empatiske",  # C-16
    ],
    # C-26, C-27
    "onward_text": [
        "rett til å klage videre",
        "rett til å eskalere klagen hvis de er misfornøyd med svaret",
        "regulatoriske retningslinjer og rapporteringsprosedyrer",  # C-28
        "samarbeider med eksterne undersøkelser",  # C-29
        "pasient- og brukerombudet",
        "Statsforvalteren",
    ],
    "delay_text": ["tar lengre tid", "fortsatt åpen"],
}
FIELDS = [
    ("kind", "Hva vil du si fra om?", "voluntary"),
    ("complainant_kind", "Hvem er du?", "voluntary"),
    ("unit_id", "Hvilken tjeneste eller hvilket sted gjelder det?", "voluntary"),
    ("description", "Fortell hva det gjelder", "required"),  # C-22
    ("event_date", "Når skjedde det?", "voluntary"),
    ("desired_outcome", "Hva vil du at skal skje?", "voluntary"),
    ("authorisation", "Fullmakt", "voluntary"),
    ("attachments", "Vedlegg", "voluntary"),
    ("name", "Navn", "voluntary"),
    ("email", "E-post", "voluntary"),
    ("phone", "Telefon", "voluntary"),
    ("reply_channel", "Hvordan vil du ha svar?", "voluntary"),  # C-02
]
# The instant of lateness in UTC; 48 elapsed hours, also over a clock change.
ACKNOWLEDGED_BY = [
    ("2026-03-28T20:15", datetime(2026, 3, 30, 19, 15)),  # to summer time
    ("2026-10-24T20:15", datetime(2026, 10, 26, 18, 15)),  # and back
    ("2026-11-12T18:30", datetime(2026, 11, 14, 17, 30)),
    ("2026-02-09T10:00", datetime(2026, 2, 11, 9, 0)),
]
DUE = [
    ("reply", "2026-11-12T18:30", "2026-12-10", None),
    ("reply", "2026-03-28T20:15", "2026-04-29", None),  # three days of Easter off
    ("update", "2026-11-12T18:30", "2026-11-26", None),
    ("update", "2026-03-20T08:00", "2026-04-03", "2026-04-01"),  # Good Friday
]


@tagged("post_install", "-at_install")
class TestSosialOmsorgNo(PolicyPackCase):
    policy_xmlid = "klagebehandling_no.policy_sosial_omsorg_no"

    def test_procedure_has_every_axis_set(self):
        self.assertPreset(
            code="sosial_omsorg_no",
            name="Klagebehandling i sosial omsorg",
            lang="nb_NO",
            country_id=self.env.ref("base.no"),
            tz="Europe/Oslo",
            calendar_id=self.env.ref("klagebehandling_no.resource_calendar_no"),
            is_lesson_required=True,  # C-17
            is_nav_partner=False,
            is_minutes_signed=False,
            is_public_body=False,
            has_open_register=False,
            has_auto_receipt=False,
            is_report_public=False,
            report_recipient=False,
            report_month=0,
            stale_after=0,
        )

    def test_time_limits(self):
        self.assertTerms(
            {
                ("acknowledge", 48, "hour", "always", 1): set(),  # C-01
                ("update", 14, "day", "always", 2): {"is_repeating"},  # C-14
                ("reply", 20, "workday", "always", 2): set(),  # C-09
            }
        )

    def test_acknowledgement_is_due_after_48_elapsed_hours(self):
        for received, due_at in ACKNOWLEDGED_BY:  # C-01
            with self.subTest(received=received):
                self.assertEqual(self._due("acknowledge", received)[1], due_at)

    def test_due_dates(self):
        for row in DUE:
            with self.subTest(row=row):
                self.assertDue(*row)

    def test_one_may_be_anonymous_in_every_channel(self):
        ways = ("web", "phone", "letter", "meeting")  # C-30
        self.assertChannels([(way, True) for way in ways])
        self.assertInstructions("meeting", "hjelp")  # C-31

    def test_choices(self):
        self.assertChoices(
            "kind",
            [("complaint", "Klage"), ("praise", "Ros"), ("whistleblowing", "Varsling")],
        )
        self.assertChoices(
            "complainant",
            [
                ("service_user", "Tjenestebruker"),  # C-06
                ("next_of_kin", "Pårørende"),
                ("employee", "Ansatt"),
                ("other", "Andre"),
            ],
        )
        self.assertChoices(
            "role",
            [  # C-07, C-28
                ("staff", "Ansatt"),
                ("witness", "Vitne"),
                ("external_body", "Eksternt organ"),
            ],
        )

    def test_form(self):
        self.assertFields(FIELDS)
        self.assertHint("authorisation", "på vegne av en annen")  # C-31

    def test_grounds_fit_a_care_provider(self):
        self.assertServiceGrounds()

    def test_texts_are_in_norwegian(self):
        self.assertTexts(TEXTS)

    def test_what_the_procedure_does_not_say_is_marked(self):
        fields = {name for name, _label, _requirement in FIELDS} - {"description"}
        self.assertAssumed(
            {
                "term_ids": {"acknowledge", "update", "reply"},
                "channel_ids": {"web", "phone", "letter", "meeting"},
                "choice_ids": {
                    "praise",
                    "whistleblowing",
                    "next_of_kin",
                    "employee",
                    "other",
                },
                "field_ids": fields,
            },
            "C",
        )
        self.assertAssumptions(
            "48 timer",
            "20 arbeidsdager",
            "fjortende dag",
            "anonym",
            "Ros og varsling",
            "to trinn",
            "Statsforvalteren, Helsetilsynet og pasient- og brukerombudet",
            "hver tolvte måned",
            "lista over hva en klage kan gjelde",
        )
        self.assertTrue(self.policy.is_grounds_assumed)
