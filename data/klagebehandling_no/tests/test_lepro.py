from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.policy_pack import PolicyPackCase

#
GROUNDS = [
    "confidentiality",
    "rules_ethics",
    "bullying_harassment",
    "discrimination_violence",
    "substance_abuse",
    "work_environment",
    "danger_life_health",
    "theft",
    "training_lacking",
    "guidance_supervisor",
    "activity_plan_followup",
    "report_conclusions_nav",
    "measure_benefit",
]
# acknowledge: A-24, inform_staff: A-26, close: A-29
DUE = [
    ("acknowledge", "2026-03-16T09:12", "2026-03-26", None),
    ("inform_staff", "2026-03-16T09:12", "2026-03-30", None),
    ("close", "2026-03-16T09:12", "2026-04-16", None),
    ("acknowledge", "2026-01-31T22:47", "2026-02-10", None),
    ("inform_staff", "2026-01-31T22:47", "2026-02-14", "2026-02-13"),
    ("close", "2026-01-31T22:47", "2026-02-28", "2026-02-27"),
    ("acknowledge", "2026-04-21T13:30", "2026-05-01", "2026-04-30"),
    ("inform_staff", "2026-04-21T13:30", "2026-05-05", None),
    ("close", "2026-09-07T10:20", "2026-10-07", None),
    ("close", "2026-11-25T12:00", "2026-12-25", "2026-12-24"),
]
TEXTS = {
    "purpose": [
        "setter du fokus på produktet/tjenesten, samt kritikkverdige forhold i "
        "bedriften, og bidrar dermed til å gjøre LePro til en enda bedre bedrift"
    ],
    "scope": [
        "tjenestene du har krav på",
        "klage på ytelsen du har i tiltaket",
        "Dersom du som bruker mener at du ikke har fått de tjenester du har krav på i "
        "forhold til den tjenesten LePro skal tilby, har du rett til å klage/varsle "
        "dette. På lik linje har du rett til å klage på den ytelsen du har i tiltaket.",
    ],
    "welcome_text": ["en klage eller et varsel", "muntlig"],
    #
    "protection_text": [
        "reagere negativt mot deltakere, eksterne samarbeidspartnere eller kunder",
        "klage på det også",
    ],
    "anonymity_text": ["velge å være anonym", "Ta vare på koden"],
    #
    "copy_text": ["Husk å ta kopi av alle dokumenter som blir levert", "vedleggene"],
    #
    "steps_text": [
        "Saken søkes løst sammen med nærmeste leder ved LePro og deg",
        "går saken til ledelsen",
        "veileder og eventuelt saksbehandler ved NAV være til tjeneste (gjelder ikke "
        "kommunale plasser)",
        "Referat fra møtet underskrives fra begge parter",
    ],
    "privacy_text": ["opplysningene du gir"],
    #
    "onward_text": [
        "saksbehandleren din på NAV",
        "direkte opp med ledelsen",
        "eget vedlegg",
        "sammen med rapporten til NAV",
    ],
    "delay_text": ["tar lengre tid", "fortsatt åpen"],
}
FIELDS = [  # A-41; one by one
    ("kind", "Er det en klage eller et varsel?", "voluntary"),
    ("complainant_kind", "Hvem er du?", "voluntary"),
    ("unit_id", "Hvilket tiltak eller sted gjelder det?", "voluntary"),
    ("place_type", "Er plassen fra NAV eller kommunal?", "voluntary"),
    ("about_manager", "Gjelder det nærmeste leder?", "voluntary"),
    ("categories", "Hva gjelder det?", "voluntary"),
    ("description", "Fortell hva som har skjedd", "required"),
    ("event_date", "Når skjedde det?", "voluntary"),
    ("invite", "Hvem vil du ha med når vi prøver å løse saken?", "voluntary"),
    ("attachments", "Vedlegg", "voluntary"),
    ("name", "Navn", "voluntary"),
    ("email", "E-post", "voluntary"),
    ("phone", "Telefon", "voluntary"),
    ("reply_channel", "Hvordan vil du ha svar?", "voluntary"),
]


@tagged("post_install", "-at_install")
class TestLepro(PolicyPackCase):
    policy_xmlid = "klagebehandling_no.policy_lepro"

    def test_procedure_has_every_axis_set(self):
        self.assertPreset(
            code="lepro",
            name="LePro: Lavterskelsystem for behandling av klager",
            lang="nb_NO",
            country_id=self.env.ref("base.no"),
            tz="Europe/Oslo",
            calendar_id=self.env.ref("klagebehandling_no.resource_calendar_no"),
            source_url="https://www.leproas.no",
            form_title="Skjema for klage på forhold",
            is_nav_partner=True,
            is_minutes_signed=True,
            is_lesson_required=False,
            is_public_body=False,
            has_open_register=False,
            has_auto_receipt=False,
            is_report_public=True,
            report_recipient="Alle, i årsberetningen på nettstedet",
            report_month=0,
            stale_after=0,
        )

    def test_calendar_is_weekdays_without_norwegian_holidays(self):
        calendar = self.policy.calendar_id
        self.assertFalse(calendar.company_id)
        self.assertEqual(calendar.tz, "Europe/Oslo")
        self.assertEqual(calendar.holiday_country_id, self.env.ref("base.no"))
        self.assertFalse(calendar.has_holiday_eves)
        days = calendar.attendance_ids.mapped("dayofweek")
        self.assertEqual(sorted(days), ["0", "1", "2", "3", "4"])

    def test_time_limits(self):
        self.assertTerms(
            {
                #
                ("acknowledge", 10, "day", "always", 2): {"needs_expected_date"},
                ("inform_staff", 14, "day", "always", 2): set(),
                #
                ("close", 1, "month", "no_external_parties", 2): set(),
            }
        )

    def test_due_dates(self):
        for row in DUE:
            with self.subTest(row=row):
                self.assertDue(*row)

    def test_one_may_be_anonymous_in_every_channel(self):
        #
        ways = ("web", "paper_form", "meeting", "phone")
        self.assertChannels([(way, True) for way in ways])

    def test_form_is_found_without_login_and_in_the_binder(self):
        self.assertInstructions("web", "ikke logge inn")
        self.assertInstructions("paper_form", "i permen")
        self.assertInstructions("paper_form", "til nærmeste leder")
        self.assertInstructions("paper_form", "til ledelsen")
        self.assertInstructions("meeting", "hjelp til å fylle ut")
        self.assertInstructions("phone", "hjelp til å fylle ut")

    def test_one_intake_serves_complaints_and_whistleblowing(self):
        self.assertChoices(
            "kind",
            [
                ("complaint", "Klage"),
                ("whistleblowing", "Varsling"),
                ("undecided", "Klage/varsling – vet ikke"),
            ],
        )

    def test_who_complains(self):
        self.assertChoices(
            "complainant",
            [
                ("participant", "Deltaker"),
                ("external_partner", "Ekstern samarbeidspartner"),
                ("customer", "Kunde"),
                ("employee", "Ansatt"),
            ],
        )

    def test_roles(self):
        self.assertChoices(
            "role",
            [
                ("nearest_manager", "Nærmeste leder"),
                ("management", "Ledelsen"),
                ("supervisor", "Veileder"),
                ("professional_leader", "Faglig leder"),
                ("nav_caseworker", "Saksbehandler på NAV"),
                ("staff_meeting", "Personalmøtet"),
            ],
        )

    def test_form(self):
        self.assertFields(FIELDS)
        self.assertHint("about_manager", "går saken til ledelsen")
        self.assertHint("categories", "velge flere")
        self.assertHint("name", "anonym")
        self.assertHint("invite", "NAV er ikke med når plassen er kommunal")

    def test_exactly_the_thirteen_grounds_in_order(self):
        self.assertEqual(self.policy.category_ids.mapped("code"), GROUNDS)
        names = self.policy.category_ids.with_context(lang="nb_NO").mapped("name")
        if "nb_NO" in dict(self.env["res.lang"].get_installed()):
            self.assertIn("Mobbing/trakassering", names)
            conclusions = "Uenighet om Faglig leders konklusjoner/rapporter til NAV"
            self.assertIn(conclusions, names)

    def test_texts_are_in_norwegian(self):
        self.assertTexts(TEXTS)

    def test_what_the_procedure_does_not_say_is_marked(self):
        self.assertAssumed(
            {
                "channel_ids": {"phone"},
                "choice_ids": {"undecided", "employee"},
                "field_ids": {"email", "phone", "reply_channel"},
            },
            "A",
        )
        self.assertAssumptions(
            "ny forventet dato", "Ansatte", "nøytral melding", "rutinen sier muntlig"
        )
        self.assertFalse(self.policy.is_grounds_assumed)
