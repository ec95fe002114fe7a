from odoo import fields, models


class ComplaintPolicyQuestion(models.Model):
    """A standing question of the self-check of a procedure (D-49).

    It promises nobody anything: it can be changed at any time, and each change is
    journaled. A self-check keeps the questions in the words that it asked them in.
    """

    _name = "complaint.policy.question"
    _inherit = "complaint.policy.part"
    _description = "Question of the self-check"
    _order = "policy_id, sequence, id"
    _is_promise = False

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True, translate=True)
