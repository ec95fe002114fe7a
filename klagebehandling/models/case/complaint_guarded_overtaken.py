from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

TEXTS = {"char", "text", "html"}
# As much as one reads in a message.
LONGEST = 500


class ComplaintGuarded(models.AbstractModel):
    """Nobody writes over words that somebody else wrote meanwhile.

    A form tells with each text that it saves what it had read there. Where something
    else stands by now nothing is saved: the message says what, and what was typed stays
    in the form. Of two who save at once the later one is started again, and finds the
    words of the first. A program that tells nothing is not asked.
    """

    _inherit = "complaint.guarded"

    words_read = fields.Json(
        string="Words that were read", store=False, copy=False, exportable=False
    )

    @api.model
    def _get_view_fields(self, view_type, models):
        """Tell the form which rows want to know what was read."""
        models = super()._get_view_fields(view_type, models)
        if view_type == "form":
            for model, names in models.items():
                if "words_read" in self.env[model]._fields:
                    names.add("words_read")
        return models

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed, unless it would be written over other words.

        :raises UserError: where somebody else changed a text that is saved
        """
        return super().web_save(self._take_read(vals), specification, next_id=next_id)

    def _take_read(self, vals):
        """The values without what was read, which is held against what stands now."""
        read = vals.get("words_read")
        if isinstance(read, dict):
            self._refuse_overtaken(read, vals)
        return {
            name: self._take_read_of_rows(name, value)
            for name, value in vals.items()
            if name != "words_read"
        }

    def _take_read_of_rows(self, name, value):
        field = self._fields.get(name)
        rows = self.env[field.comodel_name] if field and field.comodel_name else None
        guarded = self.env.registry["complaint.guarded"]
        if not isinstance(rows, guarded) or not isinstance(value, list):
            return value
        return [
            [1, command[1], rows.browse(command[1])._take_read(command[2])]
            if _is_update(command)
            else command
            for command in value
        ]

    def _refuse_overtaken(self, read, vals):
        for name in sorted(read.keys() & vals.keys()):
            field = self._fields.get(name)
            if not field or field.type not in TEXTS:
                continue
            for row in self:
                now = row[name] or ""
                if now not in (read[name] or "", vals[name] or ""):
                    raise UserError(row._say_overtaken(field, now))

    def _say_overtaken(self, field, now):
        if field.type == "html":
            now = html2plaintext(now)
        label = field._description_string(self.env)
        if not now:
            return self.env._(
                "Somebody took out “%(field)s” while you wrote. What you typed still "
                "stands in the form, and nothing is saved. Copy it, discard the "
                "changes, and write on from there.",
                field=label,
            )
        return self.env._(
            "Somebody else changed “%(field)s” while you wrote. What you typed still "
            "stands in the form, and nothing is saved. Copy it, discard the changes, "
            "and write on from what stands there now:\n\n%(now)s",
            field=label,
            now=now if len(now) <= LONGEST else f"{now[:LONGEST]} …",
        )


def _is_update(command):
    """Whether a command of a list changes a row that is there."""
    return (
        isinstance(command, list)
        and len(command) == 3
        and command[0] == 1
        and isinstance(command[1], int)
        and isinstance(command[2], dict)
    )
