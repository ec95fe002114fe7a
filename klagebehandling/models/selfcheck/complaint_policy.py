from odoo import api, fields, models

OURS = {"is_followed_up", "follower_id"}


class ComplaintPolicy(models.Model):
    """Adds whether the head follows up each case, and who that is (D-45).

    Switches and persons, which promise nobody anything: they may change at any time.
    """

    _inherit = "complaint.policy"

    is_followed_up = fields.Boolean(
        string="Followed up by the head",
        help="Each case is followed up by whoever leads, and that is recorded.",
    )
    follower_id = fields.Many2one(
        "res.users",
        string="Who follows up",
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Somebody in the line of management. Without anybody, or where that person "
        "may not see the case: who leads at the top; else the independent receiver.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | OURS
