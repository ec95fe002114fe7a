from odoo import api, models

# Each act with what is asked for.
ASKED = {"data": "access", "amend": "correction", "restrict": "restriction"}


class ComplaintPortalDialogue(models.AbstractModel):
    """Asking about the own data from the page: no name and no reason is asked for."""

    _inherit = "complaint.portal.dialogue"

    @api.model
    def _acts(self):
        return (*super()._acts(), *ASKED)

    def _act_data(self, case_sudo, said, files, key):
        return self._ask_about_data(case_sudo, said)

    def _act_amend(self, case_sudo, said, files, key):
        return self._ask_about_data(case_sudo, said)

    def _act_restrict(self, case_sudo, said, files, key):
        return self._ask_about_data(case_sudo, said)

    def _ask_about_data(self, case_sudo, said):
        case_sudo._ask_right(ASKED[said["act"]], said["text"])
        text = self.env._(
            "We have received it, and answer you here. Further down you see by when."
        )
        return {"text": text}
