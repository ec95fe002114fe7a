from datetime import date

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# Persons and switches, not promises: they may change while the version is in use.
EDITABLE_IN_USE = {"independent_id", "fallback_id", "active", "sequence"}


class ComplaintPolicy(models.Model):
    """Versions: dated, frozen once they bind cases, copied to be changed."""

    _inherit = "complaint.policy"

    def write(self, vals):
        if set(vals) - EDITABLE_IN_USE:
            self._check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()

    def copy_data(self, default=None):
        valid_from = (default or {}).get("valid_from", False)
        return [
            dict(vals, state="draft", valid_from=valid_from)
            for vals in super().copy_data(default)
        ]

    def action_put_in_force(self):
        """Let the version bind the cases received from its first day on (M01).

        :raises UserError: without an independent receiver or a first day
        """
        self.check_access("write")
        for policy in self:
            policy._require_independent()
            if not policy.valid_from and policy._other_versions():
                raise UserError(
                    self.env._(
                        "Enter the first day of the new version, then try again."
                    )
                )
        drafts = self.filtered(lambda policy: policy.state == "draft")
        return not drafts or drafts.write({"state": "in_force"})

    def _check_not_frozen(self):
        if any(policy.is_frozen for policy in self):
            raise UserError(
                self.env._(
                    "This version binds cases and cannot be changed. Duplicate it, "
                    "change the copy and put that in force from a later day."
                )
            )

    def _other_versions(self):
        """The organisation's other versions; a shared preset is not one of them."""
        versions = self._versions(self.code, self.company_id) - self
        return versions.filtered(lambda other: other.company_id == self.company_id)

    @api.model
    def _versions(self, code, company):
        """The versions in force of a procedure: the company's own, else the shared."""
        return self.sudo().browse(self._version_ids(code, company.id))

    @api.model
    @tools.ormcache("code", "company_id")
    def _version_ids(self, code, company_id):
        versions = self.sudo().search(
            [
                ("code", "=", code),
                ("state", "=", "in_force"),
                ("company_id", "in", [False, company_id]),
            ]
        )
        return (versions.filtered("company_id") or versions).ids

    def _in_force_on(self, day):
        """The version among ``self`` that binds a case received on a local day.

        The earliest is open backwards.
        """
        versions = self.sorted(lambda policy: policy.valid_from or date.min)
        started = versions.filtered(
            lambda policy: not policy.valid_from or policy.valid_from <= day
        )
        return started[-1:] or versions[:1]

    def _may_bind(self):
        """Whether what comes in today, or came in before, is bound by the version."""
        if self.state != "in_force":
            return False
        first = self.valid_from or date.min
        others = self._other_versions().mapped(lambda one: one.valid_from or date.min)
        is_earliest = first < min(others, default=date.max)
        return is_earliest or first <= self._local(fields.Datetime.now()).date()

    def action_new_version(self):
        """Copy the version as a draft and open that.

        :return: the action that opens the draft
        """
        self.ensure_one()
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.policy",
            "res_id": draft.id,
            "views": [(False, "form")],
            "name": draft.name,
        }
