from odoo import api, models


class IrDefault(models.Model):
    """Nobody gives a model of ours defaults by hand.

    Leak: a default decides what every new row says, such as that a person complained
    about is none of our users, and the wall falls. Proved by
    ``test_no_default_decides_about_a_case``.
    """

    _name = "ir.default"
    _inherit = ["ir.default", "complaint.customised"]

    @api.model_create_multi
    def create(self, vals_list):
        defaults = super().create(vals_list)
        defaults._check_whose()
        return defaults

    def write(self, vals):
        result = super().write(vals)
        self._check_whose()
        return result

    def _check_whose(self):
        for default in self.sudo():
            if self._is_ours(default.field_id.model):
                self._refuse_customised(default.field_id.model)

    def _get_model_defaults(self, model_name, condition=False):
        """What was set before has no effect."""
        if self._is_ours(model_name):
            return {}
        return super()._get_model_defaults(model_name, condition)
