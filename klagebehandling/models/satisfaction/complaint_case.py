from functools import partial

from odoo import SUPERUSER_ID, api, models

from ...sealing import keyring
from .complaint_satisfaction import HIGHEST, LOWEST, QUESTIONS

TOKEN = "satisfaction"


class ComplaintCase(models.Model):
    """Lets the person of an ended case answer three questions, once.

    Nothing of it is written in the case, or in a transaction that writes in one.
    """

    _inherit = "complaint.case"

    def _may_rate(self):
        """Whether the person can still say how the handling was (C-36)."""
        case = self.sudo()
        if case.state != "closed" or case.is_repeat:
            return False
        spent = self.env["complaint.satisfaction.spent"].sudo()
        return not spent.search_count([("token_hash", "=", case._rate_token())])

    def _rate(self, answers):
        """Keep the three answers of the person: apart from the case, and once.

        The mark that it was answered is written here, and the answer once that is
        committed, in a transaction of its own and sealed.

        :param answers: a number from 1 to 5 for each of ``QUESTIONS``
        :return: whether it was kept
        """
        self.ensure_one()
        case = self.sudo()
        numbers = {name: answers.get(name) for name in QUESTIONS}
        is_whole = all(
            isinstance(one, int) and LOWEST <= one <= HIGHEST
            for one in numbers.values()
        )
        if not is_whole or not case._may_rate():
            return False
        spent = self.env["complaint.satisfaction.spent"].with_user(SUPERUSER_ID)
        spent.create({"token_hash": case._rate_token()})
        # Of a case behind a wall the unit's own people would count one too many.
        is_hidden = case.is_restricted or case.walled_user_ids
        sealed = keyring.encrypt(
            {
                "company": case.company_id.id,
                "unit": False if is_hidden else case.unit_id.id,
                "year": case._today().year,
                **numbers,
            }
        )
        self.env.cr.postcommit.add(partial(_keep_apart, self.env.registry, sealed))
        return True

    def _rate_token(self):
        return keyring.keyed_hash(TOKEN, self.reference)


def _keep_apart(registry, sealed):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["complaint.satisfaction.pending"].create({"sealed": sealed})
