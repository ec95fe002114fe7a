from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class ComplaintGuarded(models.AbstractModel):
    """Rows that are evidence: a person writes only what ``_writable`` names.

    All else goes through actions, which check, log and then write as superuser. The
    names that are written are looked at, on whichever way they come: the web client's
    save, an import, commands from another row, a program. What is not named is refused,
    so that a column of a mixin or of another addon is closed until somebody opens it.

    Inherited by ``complaint.case`` and ``complaint.case.part``, before the wall.
    """

    _name = "complaint.guarded"
    _inherit = ["complaint.pointing"]
    _description = "Written by hand only where that is said"

    def _writable(self):
        """Hook: the fields that the user may write by hand in these rows.

        An addon adds its own fields to those of super. Where rows differ: what may be
        written in each of them. Tasks have guards of their own, and what an
        administrator adds in the settings holds no fact of ours, unless it stands for
        one.

        :return: set of names
        """
        tasks = self.env["mail.activity.mixin"]._fields
        return {
            name
            for name, field in self._fields.items()
            if (name.startswith("activity_") and name in tasks)
            or (field.manual and not field.related)
        }

    @api.model
    def _creatable(self):
        """Hook: the fields that the user may give to a new row, by hand.

        :return: set of names; empty where no row is made by hand
        """
        return set()

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        if operation == "write":
            self._refuse_names(self._changed(vals_list[0]) - self._writable())
        elif creatable := self._creatable():
            self._refuse_names(
                {name for vals in vals_list for name in vals} - creatable
            )
        else:
            raise UserError(
                self.env._(
                    "This comes from an act in the case, it is not made by hand."
                )
            )

    def _changed(self, vals):
        """The names among the values; a box that is sent back as it is, is none."""
        return {
            name
            for name, value in vals.items()
            if not self._has_box(name) or set(self.mapped(name)) != {bool(value)}
        }

    def _has_box(self, name):
        field = self._fields.get(name)
        is_box = bool(field) and field.type == "boolean"
        return is_box and self._has_field_access(field, "read")

    def _refuse_names(self, names):
        if names:
            known = [self._fields[name] for name in sorted(names & self._fields.keys())]
            for field in known:
                self._check_field_access(field, "write")
            labels = [field._description_string(self.env) for field in known]
            raise UserError(
                self.env._(
                    "This is not edited: %(fields)s. What can be changed of it has a "
                    "button of its own.",
                    fields=", ".join(labels or sorted(names)),
                )
            )

    def copy_data(self, default=None):
        """Copy what may be given by hand."""
        copies = super().copy_data(default)
        if self.env.su:
            return copies
        creatable = self._creatable()
        return [
            {name: value for name, value in copy.items() if name in creatable}
            for copy in copies
        ]

    @api.model
    def default_get(self, fields):
        """Take defaults from outside only for what may be given by hand.

        A key of the context or a saved default would else fill in what is guarded, also
        in rows that an action makes.
        """
        if not isinstance(fields, list | tuple):
            raise ValidationError(self.env._("Name the fields in a list."))
        fields = [name for name in fields if isinstance(name, str)]
        creatable = self._creatable()
        defaults = super().default_get([name for name in fields if name in creatable])
        for name in fields:
            field = self._fields.get(name)
            if field and field.default and name not in creatable:
                value = field.convert_to_cache(
                    field.default(self), self, validate=False
                )
                defaults[name] = field.convert_to_write(value, self)
        return defaults
