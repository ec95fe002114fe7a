from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError

from ...sealing import keyring, receipt_code

LONGEST = 10_000


class ComplaintAccessRequest(models.Model):
    """Adds what who asked does on the public page, and reads there with a code."""

    _inherit = "complaint.access.request"

    @api.model
    def _ask(self, unit, wish, reply_to, lang, token):
        """Take in what somebody asks for on the public page.

        The same is answered for whatever number stands in it: nothing is looked up.
        Nothing is entered in a journal either, which would keep the second.

        :param token: what names this sending; sent twice, it is one request
        :return: the code that opens the answer
        """
        said = "\0".join((token, str(unit.id), wish, reply_to))
        seed = keyring.keyed_hash("access request", said)
        code = receipt_code.make(bytes.fromhex(seed)[:12])
        hashed = self._hash_code(code)
        if not self.sudo().search_count([("access_code_hash", "=", hashed)], limit=1):
            values = {
                "unit_id": unit.id,
                "channel": "web",
                "wish": wish[:LONGEST],
                "reply_to": reply_to[:LONGEST],
                "lang": lang,
                "received_on": unit.sudo().effective_policy_id._today(),
                "access_code_hash": hashed,
            }
            try:
                self.sudo().create(values)
            except UniqueViolation as error:
                # The same sending at the same moment: retried, it finds its twin.
                raise ConcurrencyError from error
        return code

    @api.model
    def _hash_code(self, code):
        return keyring.keyed_hash("access request code", code)

    @api.model
    def _find_asked(self, code):
        """The request that a code opens, as the superuser; else an empty one."""
        code = receipt_code.normalise(code or "")
        found = self.sudo().search([("access_code_hash", "=", self._hash_code(code))])
        return found if code else found.browse()

    def _public_answer(self):
        """What who asked reads: as the superuser, in the language of the context."""
        self.ensure_one()
        policy = self.policy_id
        parts = [one._public_part() for one in self.review_ids if one._is_told()]
        return {
            "reference": self.reference,
            "organisation": self.company_id.name,
            "wish": self.wish,
            "received_on": self.received_on,
            "due_on": self.due_on,
            "is_late": self.is_late,
            "is_silence_over": bool(
                self.silent_until and self.silent_until < policy._today()
            ),
            "answered_on": self.answered_on,
            "answer": self.answered_on and self.answer,
            "lang": (self.lang or "").partition("_")[0],
            "parts": parts,
            "decided": self._public_decision(),
            "asked_on": self.decision_asked_on,
            "may_ask": any(one._is_decision_possible() for one in self._askable()),
            "appeal": policy.access_appeal_text,
        }

    def _public_copy(self, part):
        """The file of what was answered about one case: its name, its bytes.

        :param part: the id of the part, as the page has it; for another, nothing
        """
        rows = self.review_ids.filtered(lambda one: str(one.id) == part)
        if not rows or not rows._is_told():
            return "", b""
        return rows.copy_name, rows._lay_out_copy()

    def _askable(self):
        """What a decision can be asked about: the rows one after the other."""
        return [self, *self.review_ids]

    def _ask_decisions(self):
        """Who asked wants a decision of the authority on what is refused."""
        for one in self._askable():
            one._ask_decision()
