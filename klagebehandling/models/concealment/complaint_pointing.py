from odoo import api, models
from odoo.fields import Command


class ComplaintPointing(models.AbstractModel):
    """What points at a case: only at one that its writer can see.

    Adds a check of values before creating, writing, defaults and onchange. A many2one
    takes any id and shows the name behind it, read as superuser: with it one could ask
    for every id there is. Inherited by ``complaint.walled`` and by the dialogs.

    ``_check_values`` is the place for other checks of what is written in such a model:
    an override of ``create`` that looks at what is pointed to as superuser would answer
    before it is known whether the writer may ask.
    """

    _name = "complaint.pointing"
    _description = "Points only at what its writer sees"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_values("create", vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_values("write", [vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_pointers("create", [defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._check_pointers("write" if self else "create", [values])
        return super().onchange(values, field_names, fields_spec)

    def _check_values(self, operation, vals_list):
        """Hook: refuse values before anything else is done with them.

        Called by ``create`` and ``write``, also of superusers; an override calls this
        one first.

        :param operation: ``create``, or ``write`` of the records in ``self``
        """
        self._check_pointers(operation, vals_list)

    def _check_pointers(self, operation, vals_list):
        """Refuse ids that the user cannot read, as if there were none such."""
        if self.env.su:
            return
        for name in {name for vals in vals_list for name in vals}:
            field = self._fields.get(name)
            if not field or not field.relational or not self._hides(field):
                continue
            self.browse().check_access(operation)
            ids = {id_ for vals in vals_list for id_ in self._pointed(vals.get(name))}
            rows = self.env[field.comodel_name].browse(ids)
            if rows != rows.exists():
                raise rows._make_unknown_error()
            rows.check_access("read")

    @api.model
    def _pointed(self, value):
        """The ids in the value of a relation: an id, or ids, or commands."""
        if isinstance(value, int):
            return {value} - {0}
        ids = set()
        for item in value if isinstance(value, list | tuple) else ():
            if isinstance(item, int):
                ids |= {item}
            elif item and item[0] == Command.SET:
                ids |= set(item[2])
            elif item and item[0] in (Command.LINK, Command.UPDATE):
                ids |= {item[1]}
        return ids

    @api.model
    def _hides(self, field):
        """Whether a field points at rows that may be hidden from the user."""
        return issubclass(
            self.env.registry[field.comodel_name],
            self.env.registry["complaint.concealed"],
        )
