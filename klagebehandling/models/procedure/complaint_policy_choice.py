from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...vocabulary import KINDS, PARTY_KINDS


class ComplaintPolicyChoice(models.Model):
    """A fixed code of ours in the organisation's own words."""

    _name = "complaint.policy.choice"
    _inherit = "complaint.policy.part"
    _description = "Kind, sender or role that a procedure names"
    _order = "policy_id, subject, sequence, id"

    subject = fields.Selection(
        [
            ("kind", "Kind of case"),
            ("complainant", "Who complains"),
            ("role", "Role in the organisation"),
        ],
        required=True,
    )
    value = fields.Char(required=True, help="The fixed code behind the words.")
    name = fields.Char(
        required=True, translate=True, help="In the organisation's own words."
    )
    definition = fields.Text(translate=True)
    sequence = fields.Integer(default=10)

    _value_unique = models.Constraint(
        "UNIQUE (policy_id, subject, value)", "A procedure names each of these once."
    )

    @api.constrains("subject", "value")
    def _check_value(self):
        known = {"kind": dict(KINDS), "complainant": dict(PARTY_KINDS)}
        for choice in self:
            values = known.get(choice.subject)
            if values is not None and choice.value not in values:
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is unknown. Use one of: %(values)s.",
                        value=choice.value,
                        values=", ".join(values),
                    )
                )
