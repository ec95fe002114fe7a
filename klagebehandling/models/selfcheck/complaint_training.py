from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..complaint_endpoint import is_day
from .complaint_familiarity import check_day


class ComplaintTraining(models.Model):
    """That a colleague was trained in the system: when, by whom, recorded by whom.

    Managers record it for the units they lead (E-10). It stays.
    """

    _name = "complaint.training"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Training in the system"
    _order = "trained_on desc, id desc"
    _rec_name = "trained_on"

    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        domain="[('share', '=', False)]",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    trained_on = fields.Date(
        string="Trained on", required=True, default=fields.Date.context_today
    )
    given_by = fields.Char(
        string="By", required=True, help="Whoever gave it, or what it was."
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    unit_ids = fields.Many2many(
        "complaint.unit",
        "complaint_training_unit",
        "training_id",
        "unit_id",
        string="Units",
        readonly=True,
        help="Those of the colleague then; who leads one of them sees it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Record trainings of colleagues in the units that the user leads.

        :raises AccessError: for anybody else, in the same words
        """
        self._check_ids(vals_list, "user_id", "company_id")
        if any(
            vals.get("trained_on") and not is_day(vals["trained_on"])
            for vals in vals_list
        ):
            raise ValidationError(self.env._("Enter the day of the training."))
        self._check_values("create", vals_list)
        company_id = self.env.company.id
        vals_list = [{"company_id": company_id, **vals} for vals in vals_list]
        if not self.env.su:
            self._check_led(vals_list)
        known = self.env["complaint.familiarity"].sudo()
        known = known.search(
            [
                ("user_id", "in", [vals.get("user_id") for vals in vals_list]),
                ("is_current", "=", True),
            ]
        )
        for vals in vals_list:
            day = fields.Date.to_date(vals.get("trained_on"))
            check_day(self.env, day or fields.Date.context_today(self))
            own = known.filtered(
                lambda row, vals=vals: (
                    row.user_id.id == vals.get("user_id")
                    and row.company_id.id == vals["company_id"]
                )
            )
            vals["unit_ids"] = [fields.Command.set(own.unit_ids.ids)]
        trainings = super(ComplaintTraining, self.sudo()).create(vals_list)
        return trainings.sudo(self.env.su)

    def _check_led(self, vals_list):
        led = self.env["complaint.familiarity"].search(
            [("unit_ids.line_manager_ids", "in", self.env.uid)]
        )
        pairs = {(row.user_id.id, row.company_id.id) for row in led.sudo()}
        if any(
            (vals.get("user_id"), vals["company_id"]) not in pairs for vals in vals_list
        ):
            raise AccessError(
                self.env._("Managers record training for the units that they lead.")
            )

    @api.model
    def _creatable(self):
        return {"user_id", "company_id", "trained_on", "given_by"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A training that was recorded stays."))
