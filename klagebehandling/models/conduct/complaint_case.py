from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .complaint_deadline import OWN_MILESTONES


class ComplaintCase(models.Model):
    """Adds how we keep in contact in this case, and takes the person's objection.

    Neither the door, nor the page of the case, nor another case asks for any of it.
    """

    _inherit = "complaint.case"

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    conduct_ids = fields.One2many(
        "complaint.conduct", "case_id", string="What happened in the contact"
    )
    limit_ids = fields.One2many(
        "complaint.conduct.limit", "case_id", string="Limits of contact"
    )
    contact_limit = fields.Char(
        compute="_compute_contact_limit",
        help="How we keep in contact for now, so that all do it alike.",
    )

    @api.depends("limit_ids.state", "limit_ids.letter_id.state")
    @api.depends_context("lang", "uid")
    def _compute_contact_limit(self):
        for case in self:
            limits = case._limits_in_force() if case._may_see_limits() else []
            case.contact_limit = " · ".join(limit._say() for limit in limits) or False

    def _may_see_limits(self):
        limits = self.env["complaint.conduct.limit"]
        return self.env.su or limits.has_access("read")

    def _writable(self):
        return super()._writable() | {"conduct_ids", "limit_ids"}

    def _check_limit_until(self, day):
        """Refuse a last day that has been, or lies further off than the procedure says.

        :param day: local date
        """
        today = self._today()
        last = today + timedelta(days=self.sudo().policy_id.limit_days)
        if not today <= day <= last:
            raise UserError(
                self.env._(
                    "Contact is limited until %(last)s at most. Choose a day from "
                    "today on.",
                    last=format_date(self.env, last),
                )
            )

    def _limits_in_force(self):
        """The limits that the person has been told of, the newest first."""
        return self.limit_ids.filtered(
            lambda one: one.state == "decided" and one.sudo().letter_id.state == "sent"
        )

    # -- what the person reads and does on the own page

    def _public_limits(self):
        """The limits that stand on the page, as superuser."""
        return self._submission()._limits_in_force()

    def _object_to_limit(self, limit_id, text):
        """Keep the person's objection, and give it to somebody else.

        :param limit_id: id of a limit that stands on the page
        :return: whether nobody looks at an objection to it yet; None where there is no
            such limit
        :raises IntakeRefused: as :meth:`_say`
        """
        limits = self._public_limits()
        limit = limits.filtered(lambda one: str(one.id) == str(limit_id))
        if not limit:
            return None
        text = limit.case_id._read_said(text, (), "message")
        is_new = limit._object(text)
        if is_new:
            limit.case_id._tell_said("objection")
        return is_new

    @api.model
    def _say_news(self, what, env):
        if what == "objection":
            return env._("The complainant objects to a limit of contact")
        return super()._say_news(what, env)
