import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...roles import DISCLOSERS
from ...vocabulary import html_lang


class ComplaintAccessAnswered(models.AbstractModel):
    """Adds the answer and the decision as a document, for who wants it sent (B-28)."""

    _inherit = "complaint.access.answered"

    copy_file = fields.Binary(
        compute="_compute_copy_file", attachment=False, groups=DISCLOSERS
    )
    copy_name = fields.Char(compute="_compute_copy_name", groups=DISCLOSERS)

    @api.depends("answered_on", "decided_on")
    def _compute_copy_file(self):
        for one in self:
            content = one._is_told() and one._lay_out_copy()
            one.copy_file = bool(content) and base64.b64encode(content)

    @api.depends("answered_on", "decided_on")
    def _compute_copy_name(self):
        for one in self:
            number = one._request_sudo().reference
            one.copy_name = f"{number}.{one._copy_kind()}"

    def _is_told(self):
        """Whether there is anything that who asked may read."""
        return bool(self.answered_on or self.decided_on)

    def action_open_copy(self):
        """Download what is answered, to send it where who asked wants it.

        :raises UserError: before it is answered
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_told():
            raise UserError(self.env._("Nothing is answered yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/copy_file"
            "?download=true&filename_field=copy_name",
            "target": "download",
        }

    def _copy_kind(self):
        """Hook: the ending of the file that ``_lay_out_copy`` makes."""
        return "html"

    def _lay_out_copy(self):
        """Hook: the answer as a file, bytes. Here a page that is read aloud."""
        values = self._copy_values()
        qweb = self.env["ir.qweb"].with_context(
            lang=values["spoken"], minimal_qcontext=True
        )
        html = qweb._render("klagebehandling.access_copy_page", values)
        return (Markup("<!DOCTYPE html>\n") + html).encode()

    def _copy_values(self):
        """Hook: what the template lays out: nothing that who asked may not read."""
        request_sudo, policy_sudo = self._request_sudo(), self._procedure()
        lang = request_sudo.lang or policy_sudo.lang
        spoken = self.sudo().with_context(lang=lang)

        def say(day):
            return day and format_date(spoken.env, day, date_format="long")

        decided = spoken._public_decision()
        return {
            "spoken": lang,
            "html_lang": html_lang(lang),
            "unit": request_sudo.unit_id,
            "organisation": request_sudo.company_id.name,
            "reference": request_sudo.reference,
            "wish": request_sudo.wish,
            "answered": say(self.answered_on),
            "answer": self.answered_on and self.answer,
            "decided": decided and {**decided, "on": say(decided["on"])},
            "appeal_until": say(self.appeal_until),
            "appeal": policy_sudo.with_context(lang=lang).access_appeal_text,
        }
