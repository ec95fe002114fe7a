import base64
import io

import pypdf

from odoo.tests import TransactionCase, tagged

from odoo.addons.klagebehandling.masking import is_personal

from .paper_checks import faults

NAME = "Máret Ŋuorjju Čáhppesgieđđi"
NUMBER = "811228-9874"
# A long one: several pages, with what is masked on each.
TEXT = "\n".join(
    f"{n}. {NAME}, {NUMBER}, lei gárddis. Biebmu lei galmmas." for n in range(90)
)
# Each public body of the example, in its language and in English, and what it says.
SAID = {
    ("sosial_omsorg_no", "nb_NO"): ("Utleverte dokumenter", "Slik klager du"),
    ("robertsfors", "sv_SE"): ("Utlämnade handlingar", "Handlingarna"),
    ("ljusnarsberg", "en_US"): ("Documents handed out", "The documents"),
}
DECIDED = {"sv_SE": "Beslut om handlingar", "en_US": "Decision on documents"}


@tagged("post_install", "-at_install")
class TestAccessPaper(TransactionCase):
    """Answers and decisions on documents under three checkers (B-28, B-30, M21)."""

    def _review(self, code, lang):
        policy = self.env["complaint.policy"].search(
            [("code", "=", code), ("state", "=", "in_force"), ("company_id", "!=", 0)]
        )
        case = self.env["complaint.case"].browse(
            self.env["complaint.intake"]
            .with_company(policy.company_id)
            .register({"policy": code, "channel": "letter", "description": TEXT})[
                "case_id"
            ]
        )
        request = self.env["complaint.access.request"].create(
            {
                "unit_id": case.unit_id.id,
                "channel": "email",
                "wish": "Biebmu lei galmmas",
                "received_on": case._today(),
                "lang": lang,
            }
        )
        request.review_ids._open_for(request, case)
        return request.review_ids

    def _law(self, review):
        country = review.case_id.policy_id.country_id
        return self.env["complaint.law"].search(
            [("is_secrecy", "=", True), ("country_id", "=", country.id)], limit=1
        )

    def _words(self, review):
        review.invalidate_recordset(["copy_file"])
        pdf = base64.b64decode(review.copy_file)
        self.assertEqual(faults(pdf), [])
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        return len(pages), "".join("".join(p.extract_text().split()) for p in pages)

    def _has(self, words, *said):
        for one in said:
            self.assertIn("".join(one.split()), words)

    def test_masked_copy_of_many_pages(self):
        # B-30
        self.assertTrue(is_personal(NUMBER))
        for (code, lang), said in SAID.items():
            review = self._review(code, lang)
            review.ground_id = self._law(review)
            review.openness = "Ii leat vejolaš."
            review.mask_ids.create({"review_id": review.id, "words": NAME})
            review.action_mask_all()
            review.action_review()
            review.read_by_id = self.env.ref("base.user_root")
            review.action_answer()
            with self.subTest(code=code):
                pages, words = self._words(review)
                self.assertGreater(pages, 2)
                self._has(words, *said, review.ground_id.citation, review.wish)
                self.assertNotIn("".join(NAME.split()), words)
                self.assertNotIn(NUMBER, words)

    def test_refusal_and_decision(self):
        # B-28, B-29
        for (code, lang), _said in SAID.items():
            review = self._review(code, lang)
            ground = self._law(review)
            review.write(
                {
                    "is_refused": True,
                    "ground_id": ground.id,
                    "answer": "Ii addojuvvo.",
                    "openness": "Ii leat vejolaš.",
                }
            )
            review.action_review()
            review.action_answer()
            policy = review.case_id.policy_id
            spoken = policy.with_context(lang=lang)
            with self.subTest(code=code):
                pages, words = self._words(review)
                self.assertEqual(pages, 1)
                self._has(words, "Ii addojuvvo.", ground.name)
                is_told = spoken.access_appeal_text[:30].replace(" ", "") in words
                # Of the clerk's answer nobody can appeal where the authority decides.
                self.assertEqual(is_told, not policy.has_access_decision)
                if policy.has_access_decision:
                    review._ask_decision()
                    review.write({"decision": "upheld", "decision_text": "Sivva."})
                    review._decide(self.env.user)
                    _pages, words = self._words(review)
                    self._has(words, DECIDED[lang], "Sivva.")
                    self._has(words, spoken.access_appeal_text)
