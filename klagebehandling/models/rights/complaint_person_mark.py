from odoo import api, fields, models
from odoo.exceptions import UserError

from ...roles import READERS
from ..case.complaint_case_part import WORKERS, readers

KINDS = [("addition", "Addition"), ("restriction", "Restriction")]


class ComplaintPersonMark(models.Model):
    """What stands in a case because its person asked for it.

    An addition says in the person's own words what is wrong or missing: nothing that
    was written is changed by it, and whoever reads the case reads it beside. While a
    restriction is in force, nothing leaves the case without a reason; it ends by an
    act, and the person is told before the data are used again.
    """

    _name = "complaint.person.mark"
    _inherit = ["complaint.case.part"]
    _description = "What a person asked for about own data"
    _order = "id desc"
    _rec_name = "kind"
    _readers = readers(*WORKERS, "auditor")
    _words = ("words", "end_reason")

    kind = fields.Selection(KINDS, required=True, readonly=True)
    party_id = fields.Many2one(
        "complaint.party",
        string="Asked by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups=READERS,
    )
    review_id = fields.Many2one(
        "complaint.access.review", readonly=True, ondelete="restrict", index=True
    )
    words = fields.Text(
        string="In the person's own words", readonly=True, groups=READERS
    )
    since_on = fields.Date(string="Since", required=True, readonly=True)
    ended_on = fields.Date(string="Ended", readonly=True)
    end_reason = fields.Text(
        string="Why it ends", groups=READERS, help="The person reads it."
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a person asked to add stays in the case."))

    def _writable(self):
        names = super()._writable()
        is_open = all(mark.kind == "restriction" and not mark.ended_on for mark in self)
        return names | {"end_reason"} if is_open else names

    def action_end(self, reason=None):
        """Lift a restriction; the person is told why, before the data are used.

        :param reason: as the person reads it, where it has not been written yet
        :raises UserError: without a reason, or where nothing is restricted
        """
        for mark in self:
            mark.check_access("write")
            mark.case_id.check_access("write")
            text = (reason or mark.end_reason or "").strip()
            if mark.kind != "restriction" or mark.ended_on:
                raise UserError(self.env._("Nothing is restricted here any more."))
            if not text:
                raise UserError(self.env._("Write why it ends: the person reads it."))
            case_sudo = mark.sudo().case_id
            lang = case_sudo.policy_id._spoken(case_sudo.lang)
            body = self.env["ir.qweb"]._render(
                "klagebehandling.correspondence_rights_ended",
                {"reason": text, "reference": case_sudo.reference},
                lang=lang,
            )
            mark.sudo().write({"ended_on": case_sudo._today(), "end_reason": text})
            case_sudo._log("rights_ended", row=mark.id, reason=text)
            if mark.sudo().review_id._is_to_who_complains():
                case_sudo._write_to_complainant("rights_ended", body)
        return True
