from odoo import api, models
from odoo.tools import format_datetime

# The lists that an inspection has, each a domain of its lines.
LISTS = {
    "sample": [("in_sample", "=", True)],
    "late": [("is_late", "=", True)],
    "refused": [("is_refused", "=", True)],
    "opened": [("opening_count", ">", 0)],
    "all": [],
}
SHOWN = 50


class ComplaintInspection(models.Model):
    """What its inspector reads of it: what it is about, and its cases list by list."""

    _inherit = "complaint.inspection"

    @api.model
    def _list_titles(self):
        return {
            "sample": self.env._("The sample"),
            "late": self.env._("All that were late"),
            "refused": self.env._("All that were refused"),
            "opened": self.env._("All whose identities were opened"),
            "all": self.env._("All cases"),
        }

    def _as_desk(self, chosen, at):
        """What the page shows of an inspection, as who is signed in.

        :param chosen: a key of ``LISTS``
        :param at: which part of the list, from 0
        """
        self.ensure_one()
        lines = self.env["complaint.inspection.line"]
        own = [("inspection_id", "=", self.id)]
        counts = {
            name: lines.search_count([*own, *domain]) for name, domain in LISTS.items()
        }
        # Units are none of the inspector's to read: of these, the names.
        units_sudo = self.sudo().unit_ids
        return {
            "inspection": self,
            "units": units_sudo.mapped("complete_name"),
            "until": format_datetime(self.env, self.valid_until, dt_format="short"),
            "lists": [
                (name, title, counts[name])
                for name, title in self._list_titles().items()
            ],
            "lines": lines.search(
                [*own, *LISTS[chosen]], limit=SHOWN, offset=at * SHOWN
            ),
            "last": max(counts[chosen] - 1, 0) // SHOWN,
        }
