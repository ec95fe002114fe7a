from odoo import models

from ...sealing import keyring, receipt_code

FREE_TEXTS = ("title", "description", "desired_outcome", "authorisation")
# Where the person sits in front of the form, or a program waits for the answer.
CAN_CORRECT = ("web", "api")


class ComplaintIntakeCode(models.AbstractModel):
    """Keeps receipt codes out of the texts that colleagues read (M10).

    Who has a code can read the case it opens. In the form it is refused, beside the
    field. A mail or a letter cannot be corrected and nothing of it may be lost: there
    the code is masked, and the text registered.
    """

    _inherit = "complaint.intake"

    def _read(self, values):
        clean, problems = super()._read(values)
        if clean.get("channel", "api") in CAN_CORRECT:
            return clean, {**self._code_problems(clean), **problems}
        for name in FREE_TEXTS:
            if clean.get(name):
                clean[name] = self._mask_codes(clean[name])
        return clean, problems

    def _code_problems(self, clean):
        """A message for each answer that holds a code."""
        texts = {name: [clean[name]] for name in FREE_TEXTS if clean.get(name)}
        texts["parties"] = [
            text
            for party in clean.get("parties", [])
            for text in party.values()
            if isinstance(text, str)
        ]
        texts["attachments"] = [file["name"] for file in clean.get("attachments", [])]
        return {
            name: self._code_refusal()
            for name, given in texts.items()
            if any(self._find_codes(text) for text in given)
        }

    def _code_refusal(self):
        return self.env._(
            "This text holds a receipt code. Whoever reads it could open that case: "
            "take the code out. To write about the case, give its reference."
        )

    def _mask_codes(self, text):
        return receipt_code.mask(
            text, self._find_codes(text), self.env._("[receipt code removed]")
        )

    def _find_codes(self, text):
        """The receipt codes in a text: spelt as we show them, or known to open a case.

        A group of signs that passes the check part by chance is no code of a case.
        """
        places = receipt_code.find(text)
        certain = {code for _start, _end, code, is_certain in places if is_certain}
        maybe = {place[2] for place in places} - certain
        return certain | self._codes_of_cases(maybe)

    def _codes_of_cases(self, codes):
        hashes = {keyring.keyed_hash("access code", code): code for code in codes}
        if not hashes:
            return set()
        cases = self.env["complaint.case"].sudo()
        found = cases.search([("access_code_hash", "in", list(hashes))])
        return {hashes[case.access_code_hash] for case in found}
