import pytz

from odoo import models
from odoo.exceptions import UserError

KEPT = ("title", "description", "desired_outcome", "place_type")


class ComplaintCase(models.Model):
    """One submission that holds two matters: each becomes a case with its own clock."""

    _inherit = "complaint.case"

    def action_split(self, category_ids):
        """Make what concerns some of the grounds a case of its own (E-21, D-51).

        It keeps the date of receipt and the persons; the complainant follows it with
        the code of this case.

        :param category_ids: ids of grounds of this case, not all of them
        :return: id of the new case
        :raises UserError: where nothing or everything would be split off
        """
        self.ensure_one()
        self.check_access("write")
        if self._has_ended():
            raise UserError(self.env._("The case has ended. Reopen it first."))
        grounds = self.category_ids.filtered(lambda ground: ground.id in category_ids)
        if not grounds or grounds == self.category_ids:
            raise UserError(
                self.env._("Choose some of the grounds, not all: the rest stays here.")
            )
        case_sudo = self.sudo()
        intake = self.env["complaint.intake"].with_company(self.company_id)
        result = intake._admit([case_sudo._prepare_split(grounds)])[0]
        child_sudo = case_sudo.browse(result["case_id"])
        child_sudo.parent_id = case_sudo
        case_sudo._log("split", into=child_sudo.reference)
        child_sudo._log("split_from", case=case_sudo.reference)
        self.category_ids -= grounds
        return child_sudo.id

    def _prepare_split(self, grounds):
        """Values of the door for the matter that is split off."""
        received_at = pytz.utc.localize(self.received_at).isoformat()
        return {
            **{name: self[name] for name in KEPT if self[name]},
            "unit_id": self.unit_id.id,
            "policy": self.policy_id.code,
            # Registered by a colleague: the form's required fields bind no longer.
            "channel": "api" if self.channel == "web" else self.channel,
            "kind": self.kind,
            "categories": grounds.mapped("code"),
            "received_at": received_at,
            "anonymity": self.anonymity,
            "about_manager": self.about_manager,
            "wants_reply": self.wants_reply,
            "reply_channel": self.reply_channel,
            "lang": self.lang,
            "has_external_parties": self.has_external_parties,
            "parties": [party._prepare_split() for party in self.party_ids],
        }
