from odoo import api, models

OURS = ("handler", "manager", "independent", "custodian", "auditor", "procedure")
OURS += ("registrar", "delegate", "disposal_approver", "inspector", "caseworker")
# They bring what caseworkers may, which is told only of who has it without them.
CASEWORKERS = {"handler", "independent"}
# What moves people into a group or out of it.
MOVING = {"user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Who may see complaints: every change is entered in the organisation's journal."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._complaint_members(
            any(MOVING & vals.keys() for vals in vals_list)
        )
        groups = super().create(vals_list)
        self._log_complaint_members(before)
        return groups

    def write(self, vals):
        before = self._complaint_members(MOVING & vals.keys())
        result = super().write(vals)
        self._log_complaint_members(before)
        return result

    def unlink(self):
        before = self._complaint_members(not self.env.context.get("_force_unlink"))
        result = super().unlink()
        self._log_complaint_members(before)
        return result

    @api.model
    def _complaint_members(self, is_wanted=True, users=None):
        """By user, the names of our groups, implied ones too, and the companies.

        None if not wanted.

        :param users: only these; else everybody in one of the groups
        """
        if not is_wanted:
            return None
        names = self._complaint_group_names()
        if users is None:
            groups = self.sudo().browse(names).with_context(active_test=False)
            users = groups.all_user_ids
        members = {}
        for user in users.sudo().exists():
            found = {names[id_] for id_ in user.all_group_ids.ids if id_ in names}
            if found & CASEWORKERS:
                found.discard("caseworker")
            if found:
                members[user] = found, user.company_ids
        return members

    @api.model
    def _complaint_group_names(self):
        """Short names of our groups by their ids, as far as they are there."""
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        found = {to_id(f"klagebehandling.group_{name}"): name for name in OURS}
        found.pop(False, None)
        return found

    @api.model
    def _log_complaint_members(self, before, users=None):
        """Enter who got or lost one of our groups since."""
        if before is None:
            return
        after = self._complaint_members(users=users)
        Company = self.env["complaint.company.journal"].sudo()
        nothing = (set(), self.env["res.company"])
        entries = []
        for user in sorted(before.keys() | after.keys(), key=lambda user: user.id):
            had, companies = before.get(user, nothing)
            has, companies_now = after.get(user, nothing)
            if had != has:
                payload = {
                    "user": user.id,
                    "given": sorted(has - had),
                    "taken": sorted(had - has),
                }
                entries += [
                    (company, "members_changed", payload)
                    for company in Company._companies(companies_now or companies)
                ]
        Company._append(entries)
