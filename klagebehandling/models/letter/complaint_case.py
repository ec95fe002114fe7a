from odoo import api, fields, models


class ComplaintCase(models.Model):
    """The letters of a case and whom they go to."""

    _inherit = "complaint.case"

    correspondence_ids = fields.One2many(
        "complaint.correspondence", "case_id", string="Letters"
    )
    correspondence_count = fields.Integer(compute="_compute_correspondence_count")
    is_email_missing = fields.Boolean(
        compute="_compute_is_email_missing",
        compute_sudo=True,
        help="A reply by e-mail is wanted, but no address is known.",
    )

    def _write_to_complainant(self, purpose, body=None, medium=None):
        """Queue a document to the complainant in the channel the person chose."""
        letter_sudo = self.env["complaint.correspondence"].sudo()
        body = body or letter_sudo._default_body(self.sudo(), purpose)
        return letter_sudo.create(
            {
                "case_id": self.id,
                "purpose": purpose,
                "medium": medium or self.reply_channel or "portal",
                "lang": self.lang or self.policy_id.lang,
                "body": body,
                "state": "queued",
            }
        )._send()

    def _recipient(self):
        """The person to write to: a representative goes before the complainant."""
        people = self.sudo().party_ids
        for role in ("representative", "complainant"):
            found = people.filtered(lambda party, role=role: party.role == role)
            if found:
                return found[0]
        return people.browse()

    @api.depends("correspondence_ids")
    @api.depends_context("uid")
    def _compute_correspondence_count(self):
        self._count_parts("complaint.correspondence", "case_id", "correspondence_count")

    @api.depends("reply_channel", "wants_reply", "party_ids")
    def _compute_is_email_missing(self):
        # Searched for: what is known of the parties already is what the user sees.
        parties = self.env["complaint.party"].search(
            [
                ("case_id", "in", self.ids),
                ("role", "in", ["complainant", "representative"]),
            ]
        )
        reached = parties.filtered("email").case_id
        for case in self:
            by_email = case.wants_reply and case.reply_channel == "email"
            case.is_email_missing = by_email and case not in reached
