from odoo import fields, models


class ComplaintSatisfactionSpent(models.Model):
    """That the holder of some code has answered: a hash under the key, and no more.

    Without the key nobody tells whose it is. It is written in a transaction that writes
    nothing in a case, and no answer.
    """

    _name = "complaint.satisfaction.spent"
    _description = "Has answered about the handling"
    _log_access = False

    token_hash = fields.Char(required=True, groups=fields.NO_ACCESS)

    _token_unique = models.Constraint(
        "UNIQUE (token_hash)", "This has been answered already."
    )
