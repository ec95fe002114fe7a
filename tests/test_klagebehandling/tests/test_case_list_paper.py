import io
from datetime import timedelta

import pypdf

from odoo.tests import TransactionCase, tagged

from .paper_checks import faults

EXTRACT = "klagebehandling_reports.complaint_register_extract_report"
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
# An organisation whose register speaks the language, and what the extract is called.
EXTRACTS = {
    "nb_NO": ("lepro", "Utdrag av postjournalen"),
    "sv_SE": ("robertsfors", "Utdrag ur diariet"),
    "en_US": ("gislaved", "Extract of the register"),
}
GROUND = "Biebmu lea galmmas goahtelaš báikkis"


@tagged("post_install", "-at_install")
class TestCaseListPaper(TransactionCase):
    """The lists of the example's organisations under three checkers (M21)."""

    def _policy(self, code):
        of_company = [("state", "=", "in_force"), ("company_id", "!=", False)]
        policies = self.env["complaint.policy"]
        return policies.search([("code", "=", code), *of_company], limit=1)

    def _units(self):
        for code, said in SAID.items():
            policy = self._policy(code)
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

    def _print(self, report, one):
        reports = self.env["ir.actions.report"].with_company(one.env.company)
        reports = reports.with_context(force_report_rendering=True)
        pdf = reports._render_qweb_pdf(report, one.ids)[0]
        self.assertEqual(faults(pdf), [])
        return pdf

    def _said(self, pdf):
        """All that stands on the sheets, without the spaces that lines add."""
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        return "".join("".join(one.extract_text().split()) for one in pages)

    def test_three_checkers_find_nothing_in_the_extract(self):
        # B-20, D-41, E-59
        self.env.user.group_ids |= self.env.ref("klagebehandling.group_registrar")
        registrations = self.env["complaint.registration"]
        for lang, (code, title) in EXTRACTS.items():
            policy = self._policy(code)
            policy.has_running_series = True
            # The language of a procedure in force is not changed otherwise.
            self.env.cr.execute(
                "UPDATE complaint_policy SET lang = %s WHERE id = %s", [lang, policy.id]
            )
            self.env.invalidate_all()
            case = self._fill(policy._top_unit())
            while registrations._number_next(case.company_id):
                continue
            row = registrations.sudo().search([("case_id", "=", case.id)])
            extracts = self.env["complaint.register.extract"]
            extracts = extracts.with_company(case.company_id)
            day = case._today()
            old = day.replace(year=1980)
            for first, last in ((day - timedelta(1), day), (old, old)):
                with self.subTest(lang=lang, first=first):
                    one = extracts.create({"first": first, "last": last})
                    words = self._said(self._print(EXTRACT, one))
                    self.assertIn(title.replace(" ", ""), words)
                    self.assertEqual(row.registry_number in words, first != last)

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
                    words = self._said(self._print(REPORT, one))
                    self.assertIn(title.replace(" ", ""), words)
                    is_named = sheet == "register" and code == "gislaved"
                    self.assertEqual(NAME.replace(" ", "") in words, is_named)
                    if sheet == "received" or is_named:
                        self.assertIn(GROUND.replace(" ", ""), words)
