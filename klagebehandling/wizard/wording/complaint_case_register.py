from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import is_html_empty

from ...models.wording.complaint_wording import SPOKEN

# What answers a question of the procedure's form here, where the names differ.
ANSWERS = {
    "categories": ("category_ids",),
    "attachments": ("attachment_ids",),
    "contact": ("email", "phone", "street"),
    "invite": ("is_supervisor_invited", "is_nav_invited"),
    "description": ("description", "title"),
    "event_date": ("event_date", "event_until", "event_words"),
}
# Always answered: each has a value from the start.
GIVEN = {"kind", "unit_id", "wants_reply", "about_manager"}
PERSON = {"name", "contact", "email", "phone", "street", "zip", "city", "authorisation"}


class ComplaintCaseRegister(models.TransientModel):
    """Adds what to say to who tells, and what to ask: the words of the procedure."""

    _inherit = "complaint.case.register"

    script = fields.Html(compute="_compute_script")
    checklist = fields.Html(compute="_compute_checklist")
    scope = fields.Html(compute="_compute_scope")

    @api.depends("unit_id", "kind")
    def _compute_script(self):
        for form in self:
            unit_sudo = form.unit_id.sudo()
            wordings = self.env["complaint.wording"]._fitting(
                SPOKEN,
                unit_sudo.company_id,
                unit_sudo.effective_policy_id,
                form.kind,
                self.env.lang,
            )
            form.script = Markup().join(wordings.mapped("body")) or False

    @api.depends("unit_id")
    def _compute_scope(self):
        for form in self:
            scope = form.unit_id.sudo().effective_policy_id.scope
            form.scope = False if is_html_empty(scope) else scope

    @api.depends(
        "unit_id",
        "anonymity",
        "complainant_kind",
        "title",
        "desired_outcome",
        "reply_channel",
        "place_type",
        "name",
        "zip",
        "city",
        "authorisation",
        *(name for names in ANSWERS.values() for name in names),
    )
    def _compute_checklist(self):
        """What the procedure's form asks and nobody has answered yet (E-43)."""
        for form in self:
            items = Markup().join(
                Markup("<li>%s</li>") % " – ".join(filter(None, (row.label, row.hint)))
                for row in form._left_to_ask()
            )
            form.checklist = items and Markup("<ul>%s</ul>") % items

    def _left_to_ask(self):
        """The questions of the procedure that are still without an answer."""
        asked = self.unit_id.sudo().effective_policy_id.field_ids
        return asked.filtered(
            lambda row: (
                row.label
                and row.name not in GIVEN
                and not (row.name in PERSON and self.anonymity == "anonymous")
                and not any(self[name] for name in ANSWERS.get(row.name, (row.name,)))
            )
        )
