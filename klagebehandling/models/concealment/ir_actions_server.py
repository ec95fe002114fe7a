from odoo import api, models

# What code does is code: see the threat model. A list of actions has each checked.
WITH_CODE = ("code", "multi")


class IrActionsServer(models.Model):
    """No action that is built without code works on a model of ours.

    Leak: a webhook sends what its reader sees out of the house, and a scheduled action
    acts as superuser. Proved by ``test_no_action_without_code_works_on_a_case``.
    """

    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "complaint.customised"]

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._check_works_on()
        return actions

    def write(self, vals):
        result = super().write(vals)
        self._check_works_on()
        return result

    def _check_works_on(self):
        for action in self.sudo().filtered(lambda one: one.state not in WITH_CODE):
            for model in (action.model_id, action.crud_model_id):
                if self._is_ours(model.model):
                    self._refuse_customised(model.model)
