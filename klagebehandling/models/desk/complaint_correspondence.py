from odoo import fields, models


class ComplaintCorrespondence(models.Model):
    """A letter as one entry of the dialogue with the complainant."""

    _inherit = "complaint.correspondence"

    def _as_entry(self):
        """The letter as an entry of ``complaint.case._dialogue``."""
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("purpose", "medium", "state")
        }
        medium = labels["medium"].get(self.medium, "")
        if self.direction == "in":
            title = self.env._("Came in: %(medium)s", medium=medium)
            who = self._say_writer()
        else:
            title = f"{labels['purpose'].get(self.purpose, '')} · {medium}"
            who = self.env._("To %(name)s", name=self.recipient or "")
        is_out = self.direction == "out"
        return {
            "side": self.direction,
            "day": self._entry_day(),
            "title": title,
            "who": who,
            "state": labels["state"].get(self.state) if is_out else "",
            "is_failed": is_out and self.state == "failed",
            "is_waiting": is_out and self.state not in ("sent", "failed"),
            "body": self.body,
        }

    def _say_writer(self):
        if self.is_from_elsewhere:
            return self.env._("From another address")
        return self.case_id.complainant

    def _entry_day(self):
        """The local day of the entry: when it left, else when it was made."""
        moment = self.sent_at or self.create_date or fields.Datetime.now()
        return self.case_id.policy_id.sudo()._local(moment).date()
