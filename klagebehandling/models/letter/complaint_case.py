from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ..case.complaint_case_colleagues import TASKS

# How something is told in person.
SPOKEN = ("phone", "meeting")
# Whom a letter may go to; a representative goes before the complainant.
WRITTEN_TO = ("representative", "complainant")


class ComplaintCase(models.Model):
    """Adds the letters of a case; ``_write_to_complainant`` makes one and queues it.

    Whom it goes to is decided once, as it is made: ``_recipients``.
    """

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

    def action_record_wish(self, wants_reply, reason):
        """Record whether the complainant wants a reply, as the person has said (B-22).

        :param wants_reply: true or false
        :param reason: how and when the person said so, required
        :raises UserError: without a reason
        """
        if not isinstance(wants_reply, bool):
            raise ValidationError(self.env._("Say whether a reply is wanted."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write how and when the person said so."))
        for case in self:
            case.check_access("write")
            if case.wants_reply != wants_reply:
                case._log(
                    "wish_recorded", wants_reply=wants_reply, reason=reason.strip()
                )
                case.sudo().wants_reply = wants_reply
        return True

    def _write_to_complainant(self, purpose, body=None, medium=None, meets=None):
        """Queue a document to the complainant in the channel the person chose.

        :param meets: the promises that it keeps once it has left
        """
        letter_sudo = self.env["complaint.correspondence"].sudo()
        body = body or letter_sudo._default_body(self.sudo(), purpose)
        values = self._prepare_letter(purpose, body, medium, meets)
        return letter_sudo.create(values)._send()

    def _say_day(self, day):
        """A day as all letters write it, in the language of the context.

        :param day: a date, or naive UTC of which the local day of the procedure counts
        """
        if isinstance(day, datetime):
            day = self.policy_id._local(day).date()
        return format_date(self.env, day, date_format="long")

    def _record_told(self, purpose, body, medium, meets, told_on, told_by):
        """Keep what was told in person, in the place of a letter, as one.

        :param medium: how, ``phone`` or ``meeting``
        :param meets: the promises that are kept by it
        :param told_on: local day
        :param told_by: who told it, a user
        """
        letter_sudo = self.env["complaint.correspondence"].sudo()
        values = self._prepare_letter(purpose, body, medium, meets)
        letter = letter_sudo.create(
            {**values, "queued_on": told_on, "told_by_id": told_by.id}
        )
        letter._mark_sent(self.env._("Told in person"), letter._read_sent_on(told_on))
        return letter

    def _read_told(self, told_on, medium, user_id):
        """What was told in person: values for :meth:`_record_told`.

        :return: nothing where it was not told
        :raises ValidationError: where somebody cannot have told it so
        """
        if not told_on:
            return None
        try:
            day = fields.Date.to_date(told_on)
        except ValueError as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error
        if not self._received_on() <= day <= self._today():
            raise ValidationError(
                self.env._("It was told between the day of receipt and today.")
            )
        if medium not in SPOKEN:
            raise ValidationError(
                self.env._("Say how it was told: by phone or in a meeting.")
            )
        told_by = self.env["res.users"].browse(user_id or self.env.uid)
        if not told_by.sudo().exists() or told_by.sudo().share:
            raise ValidationError(self.env._("Name the colleague who told it."))
        return {"told_on": day, "told_by": told_by}

    def _prepare_letter(self, purpose, body, medium=None, meets=None):
        """Values of a letter that is ready to be sent.

        Whom it goes to is decided as it is created, see ``_recipients``.

        :param medium: way of sending; the one the person chose without it
        :param meets: the promises that it keeps once it has left
        """
        medium = medium or self.reply_channel or "portal"
        if medium not in self.env["complaint.correspondence"]._media():
            raise ValidationError(self.env._("Choose a way of writing to the person."))
        return {
            "case_id": self.id,
            "company_id": self.company_id.id,
            "purpose": purpose,
            "medium": medium,
            "lang": self.policy_id.sudo()._spoken(self.lang),
            "body": body,
            "state": "queued",
            "meets_ids": [Command.set(meets.ids if meets else [])],
        }

    def _finish_deliveries(self):
        """Drop the tasks to hand something over where nothing waits for a hand."""
        waiting = self.correspondence_ids.filtered(
            lambda letter: letter.is_by_hand and letter.state == "queued"
        )
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", (self - waiting.case_id).ids),
                ("activity_type_id", "=", self.env.ref(TASKS % "delivery").id),
            ]
        ).unlink()

    def _recipients(self):
        """Whom to write to in each case: the one answer, for every medium.

        A representative goes before the complainant, and of whom nothing is known
        comes last. Whether the way that is chosen reaches the person is another
        question: a letter never goes to somebody else because of it.

        :return: dict from the id of a case to one person, as superuser; a case of
            somebody anonymous is not in it
        """
        # Searched for: what the user may see of the parties may stand in the cache.
        people_sudo = (
            self.env["complaint.party"]
            .sudo()
            .search(
                [
                    ("case_id", "in", self._origin.ids),
                    ("case_id.anonymity", "!=", "anonymous"),
                    ("role", "in", WRITTEN_TO),
                ],
                order="id",
            )
        )
        people_sudo = people_sudo.sorted(
            lambda one: (not one.identity_sealed, WRITTEN_TO.index(one.role))
        )
        return {
            case.id: people[0]
            for case, people in people_sudo.grouped("case_id").items()
        }

    def _recipient(self):
        """Whom to write to in this case, as superuser; nobody who is anonymous."""
        nobody = self.env["complaint.party"].sudo()
        return self._recipients().get(self._origin.id, nobody)

    def _say_recipient(self, recipient_sudo):
        """Whom a letter goes to, by the name that the user may know."""
        if self.anonymity == "anonymous":
            return self.env._("Anonymous person")
        return recipient_sudo.sudo(False).display_name or ""

    @api.depends("correspondence_ids")
    @api.depends_context("uid")
    def _compute_correspondence_count(self):
        self._count_parts("complaint.correspondence", "case_id", "correspondence_count")

    @api.depends("reply_channel", "wants_reply", "party_ids")
    def _compute_is_email_missing(self):
        letters = self.env["complaint.correspondence"]
        by_email = self.filtered(
            lambda case: case.wants_reply and case.reply_channel == "email"
        )
        recipients = by_email._recipients()
        for case in self:
            recipient = recipients.get(case._origin.id, self.env["complaint.party"])
            is_missing = case in by_email and letters._lacks(recipient, "email")
            case.is_email_missing = bool(is_missing)
