import io

import pypdf

from odoo.tests import TransactionCase, tagged

from .paper_checks import faults

REPORT = "klagebehandling_reports.complaint_case_list_report"
# Each organisation of the example, and what its list is called in its language.
SAID = {
    "lepro": ("nb_NO", "Mottatte klager, til utvalget", "Utdrag av postjournalen"),
    "sosial_omsorg_no": (
        "nb_NO",
        "Mottatte klager, til utvalget",
        "Utdrag av postjournalen",
    ),
    "ljusnarsberg": ("sv_SE", "Inkomna klagomål, till nämnden", "Utdrag ur diariet"),
    "robertsfors": ("sv_SE", "Inkomna klagomål, till nämnden", "Utdrag ur diariet"),
    "gislaved": ("en_US", "Received complaints", "Extract of the register"),
}
NAME = "Máret Ŋuorjju Čáhppesgieđđi"
GROUND = "Biebmu lea galmmas goahtelaš báikkis"


@tagged("post_install", "-at_install")
class TestCaseListPaper(TransactionCase):
    """The lists of the example's organisations under three checkers (M21)."""

    def _units(self):
        policies = self.env["complaint.policy"].search(
            [("state", "=", "in_force"), ("company_id", "!=", False)]
        )
        for code, said in SAID.items():
            policy = policies.filtered(lambda one, c=code: one.code == c)[:1]
            # Where numbers run, the registrar makes the extract.
            policy.has_running_series = False
            yield policy._top_unit(), code, said

    def _fill(self, unit):
        case = self.env["complaint.intake"].with_company(unit.company_id)
        made = case.register(
            {
                "unit_id": unit.id,
                "channel": "letter",
                "title": "T",
                "description": "T",
                "parties": [{"role": "complainant", "name": NAME}],
            }
        )
        case = self.env["complaint.case"].browse(made["case_id"])
        case.remedy = f"{GROUND}\n{'Unaŋđolaš' * 40}"
        case.heading = GROUND
        return case

    def test_three_checkers_find_nothing_and_the_words_are_the_procedures(self):
        # D-42, D-43, D-44, E-60
        for unit, code, (lang, committee, register) in self._units():
            case = self._fill(unit)
            day = case._today()
            for sheet, title in (("received", committee), ("register", register)):
                lists = self.env["complaint.case.list"].with_company(unit.company_id)
                one = lists.create(
                    {
                        "sheet": sheet,
                        "first": day.replace(day=1),
                        "last": day,
                        "lang": lang,
                    }
                )
                with self.subTest(code=code, sheet=sheet):
                    reports = self.env["ir.actions.report"].with_company(
                        unit.company_id
                    )
                    pdf = reports.with_context(
                        force_report_rendering=True
                    )._render_qweb_pdf(REPORT, one.ids)[0]
                    self.assertEqual(faults(pdf), [])
                    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
                    words = "".join("".join(p.extract_text().split()) for p in pages)
                    self.assertIn(title.replace(" ", ""), words)
                    is_named = sheet == "register" and code == "gislaved"
                    self.assertEqual(NAME.replace(" ", "") in words, is_named)
                    if sheet == "received" or is_named:
                        self.assertIn(GROUND.replace(" ", ""), words)
