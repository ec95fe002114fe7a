import ast

from odoo import api, models


class ComplaintPointingDocument(models.AbstractModel):
    """What names a document by model and id: only a case that its writer sees.

    Adds a check of values before creating, writing, defaults and onchange: Odoo looks
    at the document before it asks for access, and tells by its answer which ids there
    are. Inherited by ``complaint.case.attached`` and by Odoo's dialogs, each before the
    model it guards. May not open a document that the check has not let through.
    """

    _name = "complaint.pointing.document"
    _description = "Names only documents that its writer sees"
    _naming_fields = (("model", "res_model"), ("res_id", "res_ids"))

    @api.model_create_multi
    def create(self, vals_list):
        self._check_documents(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_documents([vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        context = self.env.context
        given = {
            name: context.get(f"default_{name}")
            for names in (*self._naming_fields, ("res_model_id",))
            for name in names
        }
        self._check_documents([given])
        return super().default_get(fields)

    def onchange(self, values, field_names, fields_spec):
        self._check_documents([values])
        return super().onchange(values, field_names, fields_spec)

    def _check_documents(self, vals_list):
        """Refuse documents of ours that the user cannot read, as if there were none."""
        if self.env.su:
            return
        for vals in vals_list:
            model, ids = self._named_document(vals)
            rows = self.env.get(model)
            if ids and isinstance(rows, self.env.registry["complaint.concealed"]):
                rows = rows.browse(ids)
                if rows != rows.exists()._seen():
                    raise rows._make_unknown_error()

    def _named_document(self, vals):
        """Model and ids that values name; what they leave out stands in the row."""
        models_of, ids_of = self._naming_fields
        known = self[:1].sudo()
        model = next((vals[one] for one in models_of if vals.get(one)), None)
        if not model and vals.get("res_model_id"):
            model = self.env["ir.model"].sudo().browse(vals["res_model_id"]).model
        if not model and known and any(one in vals for one in ids_of):
            model = next((known[one] for one in models_of if one in known), None)
        value = next((vals[one] for one in ids_of if vals.get(one)), None)
        return model, self._read_ids(value)

    @api.model
    def _read_ids(self, value):
        """The ids in a number, in a list, or in a text that holds one."""
        if isinstance(value, str):
            try:
                value = ast.literal_eval(value)
            except (SyntaxError, ValueError):
                return []
        values = value if isinstance(value, list | tuple | set) else [value]
        return [one for one in values if isinstance(one, int) and one]
