from datetime import date

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# Persons and switches, not promises: they may change while the version is in use.
EDITABLE_IN_USE = {"independent_id", "fallback_id", "active", "sequence"}
# Which days a version binds, and whom.
DATED = {"valid_from", "code", "company_id", "tz"}


class ComplaintPolicy(models.Model):
    """Versions: dated, frozen once they bind cases, copied to be changed.

    Which version bound yesterday never changes where the organisation has one: a longer
    term would be promised backwards.
    """

    _inherit = "complaint.policy"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # It is put in force by its button, which asks what has to be asked.
            vals_list = [dict(vals, state="draft") for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if set(vals) - self._editable_in_use():
            self._check_not_frozen()
        if not self.env.su:
            self._check_in_force(vals)
        result = super().write(vals)
        if "company_id" in vals:
            # A record rule is asked before only: nothing is given away.
            self.check_access("write")
        return result

    @api.model
    def _editable_in_use(self):
        """Hook: the fields that may change while the version binds cases."""
        return EDITABLE_IN_USE

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()
        if not self.env.su and "in_force" in self.mapped("state"):
            self._refuse_in_force()

    def _check_in_force(self, vals):
        """Refuse what would change which version binds, but for putting one in force.

        :raises UserError: for a person who does it on another way
        """
        if "state" in vals:
            self._refuse_in_force()
        in_force = self.filtered(lambda policy: policy.state == "in_force")
        if in_force and DATED & vals.keys():
            self._refuse_in_force()
        if vals.get("active"):
            for policy in in_force - in_force.filtered("active"):
                policy._check_starts_later()
        elif "active" in vals:
            for policy in in_force.filtered("active"):
                versions = policy._versions(policy.code, policy.company_id)
                if versions != policy and versions._in_force_on(policy._today()) == (
                    policy
                ):
                    self._refuse_in_force()

    def _refuse_in_force(self):
        raise UserError(
            self.env._(
                "What is in force is replaced by a new version, which is put in force "
                "by its button, from today or from a later day."
            )
        )

    def _check_starts_later(self):
        """Refuse a version that would bind what has come in already.

        :raises UserError: where the organisation has one in force, archived or not
        """
        others = self.with_context(active_test=False).sudo()
        others = others.search(
            [
                ("code", "=", self.code),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "in_force"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if others and (not self.valid_from or self.valid_from < self._today()):
            raise UserError(
                self.env._(
                    "A new version starts today or later: what has come in before is "
                    "promised something already. Enter its first day, then try again."
                )
            )

    def _today(self):
        return self._local(fields.Datetime.now()).date()

    def copy_data(self, default=None):
        valid_from = (default or {}).get("valid_from", False)
        return [
            dict(vals, state="draft", valid_from=valid_from)
            for vals in super().copy_data(default)
        ]

    def action_put_in_force(self):
        """Let the version bind the cases received from its first day on (M01).

        :raises UserError: without an independent receiver, or where it would replace
            a version for what has come in already
        """
        self.check_access("write")
        for policy in self:
            policy._require_independent()
            policy._check_starts_later()
        drafts = self.filtered(lambda policy: policy.state == "draft")
        # The button is the one way: a plain write is refused.
        return not drafts or drafts.sudo().write({"state": "in_force"})

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
        """Copy the version as a draft of the organisation and open that.

        :return: the action that opens the draft
        """
        self.ensure_one()
        draft = self.copy({"company_id": (self.company_id or self.env.company).id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.policy",
            "res_id": draft.id,
            "views": [(False, "form")],
            "name": draft.name,
        }
