from odoo import api, models


class ComplaintDialog(models.AbstractModel):
    """What a person fills in before an act: nobody else reads it meanwhile.

    Adds the rule that only who opened a dialog has it, and a name that tells nothing
    of what is in it. It points only at what its user sees.

    Inherited by the dialogs that open on no case; those that do inherit
    ``complaint.case.dialog``.
    """

    _name = "complaint.dialog"
    _inherit = ["complaint.pointing"]
    _description = "Dialog of one person"

    def init(self):
        super().init()
        if not self._abstract:
            self.pool.post_init(self._make_own_rule)

    @api.model
    def _make_own_rule(self):
        """Give the model its global rule, or put right the one it has."""
        self.env["ir.rule"].sudo()._load_records(
            [
                {
                    "xml_id": f"{self._original_module}.{self._table}_rule_own",
                    "noupdate": True,
                    "values": {
                        "name": f"{self._description}: own",
                        "model_id": self.env["ir.model"]._get_id(self._name),
                        "domain_force": "[('create_uid', '=', user.id)]",
                        "groups": False,
                        "active": True,
                    },
                }
            ]
        )

    @api.depends_context("lang")
    def _compute_display_name(self):
        # What Odoo would show instead is the field "name", which may be a person's.
        name = self.env["ir.model"]._get(self._name).name
        for dialog in self:
            dialog.display_name = name

    @api.model
    def _show(self, record, **action):
        """The action that opens a record in its form; more of its keys may be given."""
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            **action,
        }
