import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.klagebehandling.roles import READERS
from odoo.addons.klagebehandling.vocabulary import html_lang

from ... import paper, pdf_engine

# What is handed over on paper; of the rest the warning at the printing is enough.
ON_PAPER = ("letter", "meeting")


class ComplaintCorrespondence(models.Model):
    """A letter on paper, for who has chosen it."""

    _name = "complaint.correspondence"
    _inherit = ["complaint.correspondence", "complaint.printed"]

    unprintable = fields.Char(
        string="Cannot be printed",
        compute="_compute_unprintable",
        groups=READERS,
        help="What stands in the letter and in no font of the server.",
    )

    @api.depends("body", "direction", "medium", "recipient_id")
    @api.depends_context("uid", "lang")
    def _compute_unprintable(self):
        engine = pdf_engine.find()
        reports = self.env["ir.actions.report"]
        for letter in self:
            characters = ""
            if engine and letter.direction == "out" and letter.medium in ON_PAPER:
                characters = engine.unprintable(letter._printed_words(), self.env)
            letter.unprintable = reports._say_unprintable(characters)

    def _printed_words(self):
        """What is printed of the letter; the address for who may see it."""
        recipient_sudo = self._recipient_sudo()
        address = []
        if not recipient_sudo.is_protected or self._may_address(recipient_sudo):
            address = self._address_lines(recipient_sudo)
        sender = self._sender_values()
        handler = self.case_id.handler_id.sudo().name
        words = [*address, sender["company"], sender["unit"], handler]
        return " ".join(filter(None, [paper.fit(self.body).striptags(), *words]))

    def _sent_files(self):
        """What is kept of a printing is no file that was sent."""
        files = super()._sent_files()
        return files.filtered(
            lambda file: not (file.name.endswith(".sealed") and file.description)
        )

    def action_print_letter(self):
        """Print the letters; the first printing is kept and handed out again.

        :return: the action that downloads the PDF
        """
        self._check_printable()
        report = self.env.ref("klagebehandling_reports.complaint_correspondence_report")
        return report.report_action(self, config=False)

    def _check_printable(self):
        super()._check_printable()
        for letter in self:
            letter._check_is_letter()
            letter._check_recipient()

    def _check_is_letter(self):
        if self.direction != "out":
            raise UserError(self.env._("Only what we write is printed as a letter."))
        if self.case_id.anonymity == "anonymous" and self._is_to_complainant():
            raise UserError(
                self.env._(
                    "Nobody knows who wrote this anonymous case, so there is no "
                    "letter. The answer is read on the status page with the code."
                )
            )

    def _check_recipient(self):
        recipient_sudo = self._recipient_sudo()
        if recipient_sudo.is_identity_lost:
            raise UserError(
                self.env._(
                    "The key that sealed the identity is missing. Put it back into "
                    "the key ring, then print again."
                )
            )
        if not (recipient_sudo.name or recipient_sudo.street):
            raise UserError(
                self.env._(
                    "There is no name and no address to write to. Enter them on the "
                    "person in the case, then print again."
                )
            )
        if not self._may_address(recipient_sudo):
            raise AccessError(
                self.env._(
                    "The identity in this case is protected. Only who may see it can "
                    "print the letter. You can print it without an address."
                )
            )
        if self._lacks(recipient_sudo, self.medium) == "street":
            raise UserError(
                self.env._(
                    "No street address is known of the person this letter goes to. "
                    "Enter it on the person in the case, or send it another way."
                )
            )

    def _may_address(self, recipient_sudo):
        """Hook: whether the user may see whom the letter goes to."""
        return recipient_sudo.sudo(False).has_access("read")

    def _on_printed(self, content, is_reprint):
        super()._on_printed(content, is_reprint)
        self.case_id._log(
            "printed",
            **self._printed_facts(),
            digest=hashlib.sha256(content).hexdigest(),
            is_reprint=is_reprint,
        )

    def _on_shown(self, content):
        super()._on_shown(content)
        self.case_id._log("printed", **self._printed_facts(), is_screen=True)

    def _printed_facts(self):
        return {
            "purpose": self.purpose,
            "party": self._recipient_sudo().id,
            "is_draft": self.state == "draft",
        }

    def _print_name(self):
        return f"letter-{self.case_id.reference}-{self.id}"

    def _kept_name(self):
        """A draft is not kept: what is printed once it is ready is the letter."""
        return "" if self.state == "draft" else super()._kept_name()

    def _forget_copies(self):
        super()._forget_copies()
        names = [name for letter in self for name in letter._kept_names()]
        self.sudo()._files_named(names).unlink()

    def _kept_names(self):
        """Hook: the names of all kept copies of one letter."""
        return [self._kept_name()]

    def _letter_lang(self):
        """The letter's language, else the person's, else the procedure's."""
        case_sudo = self.case_id.sudo()
        installed = self.env["res.lang"]._get_code(self.lang)
        return installed or case_sudo.policy_id._spoken(case_sudo.lang)

    def _letter_values(self):
        """All that the template lays out, in the letter's language."""
        lang = self._letter_lang()
        letter = self.with_context(lang=lang)
        recipient = letter._recipient_lines()
        return {
            "id": self.id,
            "lang": lang,
            "html_lang": html_lang(lang),
            "page_words": letter._page_words(),
            "is_draft": self.state == "draft",
            "body": paper.fit(letter.body),
            "recipient": recipient,
            "is_recipient_long": sum(-(-len(line) // 40) for line in recipient) > 4,
            **letter._fact_values(),
            **letter._sender_values(),
        }

    def _fact_values(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        return {
            "heading": purposes[self.purpose],
            "date": format_date(self.env, self._letter_date(), date_format="long"),
            **self._number_values(),
            "handler": self.case_id.handler_id.sudo().name,
        }

    def _number_values(self):
        """The numbers of the case; who is complained about is given none (A-08)."""
        case = self.case_id if self._is_to_complainant() else self.case_id.browse()
        return {
            "reference": case.reference,
            "registry_number": case.drawn_number,
        }

    def _letter_date(self):
        """The local day of sending, or today where it is still to be sent."""
        policy_sudo = self.case_id.policy_id.sudo()
        return policy_sudo._local(self.sent_at or fields.Datetime.now()).date()

    def _recipient_lines(self):
        return self._address_lines(self._recipient_sudo().sudo(False))

    def _address_lines(self, party):
        town = " ".join(part for part in (party.zip, party.city) if part)
        return [line for line in (party.name, party.street, town) if line]

    def _sender_values(self):
        """Who writes, and how to reach them."""
        return self.case_id.unit_id._letterhead(self.case_id.company_id)
