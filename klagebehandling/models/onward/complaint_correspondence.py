from odoo import api, fields, models

# The letters that tell how one goes on (C-27, M24).
TELLING = ("reply", "closing")


class ComplaintCorrespondence(models.Model):
    """The files of letters pass the guard, and answers tell the way onward."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=[("handover", "Passed on")], ondelete={"handover": "set default"}
    )

    def _put_files(self, files):
        """Take out what programs note, and let nothing else leave undecided."""
        if self and files:
            outgoing = self.env["complaint.outgoing"].sudo(False)
            outgoing._check(self.case_id.sudo(False), files._clean_outgoing())
        return super()._put_files(files)

    def _default_body(self, case, purpose, **values):
        body = super()._default_body(case, purpose, **values)
        if purpose in TELLING and case.kind != "praise":
            ways = case._ways_by_end() if purpose == "closing" else []
            return body + self._render_onward(case, "onward", ways=ways)
        if purpose == "redirect" and case._is_appeal():
            return body + self._render_onward(case, "appeal")
        return body

    @api.model
    def _render_onward(self, case, words, **told):
        lang = case.policy_id._spoken(case.lang)
        case = case.with_context(lang=lang)
        told |= {"case": case, "policy": case.policy_id, "day": case._say_day}
        told["bodies"] = case._bodies_to_name(is_appeal=words == "appeal")
        told["is_nav_apart"] = not case._may_go_to_nav()
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        return qweb._render(f"klagebehandling.correspondence_way_{words}", told)
