from odoo import api, models

from ...vocabulary import WHEN

# What a case may be without.
OPTIONAL = ("desired_outcome", *WHEN, "interpreter_language")


class ComplaintBound(models.AbstractModel):
    """Binds a case as it comes in, and who it is once the person says so."""

    _inherit = "complaint.bound"

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "named_by_own_act": {"anonymity", "roles"}}

    @api.model
    def _bind_form(self, form, values):
        """The digests of all that is bound, before there is a row.

        :param form: a :class:`Submission` with its route and its duties
        :param values: what the case is created with
        """
        nothing = dict.fromkeys(OPTIONAL, False)
        row = {
            **nothing,
            **values,
            "walled_user_ids": form.walled,
            "party_ids": form.parties,
            "deadline_ids": form.deadlines,
        }
        return self._digests(row)
