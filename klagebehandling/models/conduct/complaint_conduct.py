import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ComplaintConduct(models.Model):
    """What happened in the contact with a person: a fact, its day, who saw it (M56).

    It says what was done, never what somebody thinks of the person. It is of one case,
    and nothing looks for it from another.
    """

    _name = "complaint.conduct"
    _inherit = ["complaint.case.part"]
    _description = "What happened in the contact"
    _order = "happened_on desc, id desc"
    _rec_name = "happened_on"
    _words = ("fact",)

    happened_on = fields.Date(
        string="Day", required=True, default=fields.Date.context_today
    )
    fact = fields.Text(
        string="What happened",
        help="What was said or done, and how often. Not what it was like.",
    )
    seen_by_id = fields.Many2one(
        "res.users",
        string="Seen by",
        required=True,
        default=lambda self: self.env.uid,
        domain="[('share', '=', False)]",
        ondelete="restrict",
        index=True,
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for row in rows.sudo():
            row.case_id._log(
                "conduct_recorded", row=row.id, happened_on=str(row.happened_on)
            )
        return rows

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su or operation != "create":
            return
        for vals in vals_list:
            text = self._read_words(vals.get("fact"))
            if not text:
                raise UserError(self.env._("Write what happened."))
            if words := self._judging(text):
                raise UserError(
                    self.env._(
                        "Write what was said or done, not what it was like: %(words)s.",
                        words=", ".join(sorted(words)),
                    )
                )
            self._check_seen(vals)

    def _check_seen(self, vals):
        case = self.env["complaint.case"].browse(vals.get("case_id"))
        day = self._read_day(vals.get("happened_on") or case._today())
        if day > case._today():
            raise ValidationError(self.env._("It happened today or earlier."))
        user_id = vals.get("seen_by_id") or self.env.uid
        users = self.env["res.users"].sudo()
        user = users.browse(user_id if isinstance(user_id, int) else [])
        if not user.exists() or user.share:
            raise ValidationError(self.env._("Name the colleague who saw it."))

    @api.model
    def _read_words(self, value):
        """What was typed, without blanks around it.

        :raises ValidationError: where it is no text
        """
        if value and not isinstance(value, str):
            raise ValidationError(self.env._("Write it in words."))
        return (value or "").strip()

    @api.model
    def _read_day(self, value):
        try:
            return fields.Date.to_date(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error

    @api.model
    def _creatable(self):
        return {"case_id", "happened_on", "fact", "seen_by_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was recorded stays."))

    @api.model
    def _judging(self, text):
        """The words in a text that judge a person, in the language of who writes."""
        # Words apart from each other by commas: which ones, each language says itself.
        listed = self.env._(
            "aggressive, awful, crazy, difficult, horrible, hysterical, impossible, "
            "insane, manipulative, mad, paranoid, querulous, rude, stupid, "
            "troublesome, unpleasant, unreasonable"
        )
        judging = {word.strip() for word in listed.casefold().split(",")}
        return judging & {*re.findall(r"[\w'-]+", text.casefold())}
