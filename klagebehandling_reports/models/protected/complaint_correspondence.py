from odoo import api, fields, models

UNADDRESSED = "complaint_unaddressed"


class ComplaintCorrespondence(models.Model):
    """Letters to protected persons: addressed by who may see the address only.

    Who may not prints the letter with a pseudonym in the window, and the custodian,
    who does not read the letter, addresses the envelope.
    """

    _inherit = "complaint.correspondence"

    is_addressable = fields.Boolean(compute="_compute_is_addressable")

    @api.depends("recipient_id")
    @api.depends_context("uid")
    def _compute_is_addressable(self):
        for letter in self:
            recipient_sudo = letter._recipient_sudo()
            letter.is_addressable = (
                not recipient_sudo.is_protected or letter._may_address(recipient_sudo)
            )

    def action_print_unaddressed(self):
        """Print the letters with a pseudonym in the place of name and address.

        :return: the action that downloads the PDF
        """
        self.with_context(**{UNADDRESSED: True})._check_printable()
        report = self.env.ref(
            "klagebehandling_reports.complaint_correspondence_report_unaddressed"
        )
        return report.report_action(self, config=False)

    def _may_address(self, recipient_sudo):
        return (
            self.env.context.get(UNADDRESSED)
            or super()._may_address(recipient_sudo)
            or bool(self._permission(recipient_sudo))
        )

    def _permission(self, recipient_sudo):
        """The granted request by which alone the user may see the address."""
        recipient = recipient_sudo.sudo(False)
        return not recipient.has_access("read") and recipient._open_request()

    def _recipient_lines(self):
        recipient_sudo = self._recipient_sudo()
        if self.env.context.get(UNADDRESSED):
            return [recipient_sudo._neutral_name()]
        if self._permission(recipient_sudo):
            self._note_reveal(recipient_sudo)
            return self._address_lines(recipient_sudo)
        return super()._recipient_lines()

    def _on_printed(self, content, is_reprint):
        super()._on_printed(content, is_reprint)
        recipient_sudo = self._recipient_sudo()
        is_shown = is_reprint and not self.env.context.get(UNADDRESSED)
        if is_shown and self._permission(recipient_sudo):
            self._note_reveal(recipient_sudo)

    def _note_reveal(self, recipient_sudo):
        """A letter with the address on it shows the identity."""
        request = self._permission(recipient_sudo)
        self.case_id._log(
            "identity_revealed", request=request.id, party=recipient_sudo.id
        )

    def _kept_names(self):
        hidden = self.with_context(**{UNADDRESSED: True})
        return [*super()._kept_names(), hidden._kept_name()]

    def _print_name(self):
        name = super()._print_name()
        return f"{name}-unaddressed" if self.env.context.get(UNADDRESSED) else name
