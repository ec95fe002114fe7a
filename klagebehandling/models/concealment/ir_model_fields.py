import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
LEADING = {
    "depends",
    "model",
    "model_id",
    "related",
    "relation",
    "relation_table",
    "ttype",
}


class IrModelFields(models.Model):
    """No field that is made by hand leads into what may be hidden.

    Leak: Odoo reads a related field as superuser, and without the groups of the field
    it shows; a pointer takes any id. Proved by ``test_no_field_leads_into_a_case`` and
    ``test_what_was_built_before_shows_nothing``.
    """

    _name = "ir.model.fields"
    _inherit = ["ir.model.fields", "complaint.customised"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_leads(vals)
        return super().create(vals_list)

    def write(self, vals):
        if LEADING & vals.keys():
            for field in self.filtered(lambda one: one.state == "manual"):
                known = {name: field[name] for name in LEADING - {"model_id"}}
                field._check_leads({**known, **vals})
        return super().write(vals)

    def _instanciate_attrs(self, field_data):
        """Leave what leads into a case without effect, and say so in the log."""
        attrs = super()._instanciate_attrs(field_data)
        if not attrs or not self._leads_to_hidden(field_data):
            return attrs
        _logger.error(
            "The field %s of %s leads into what may be hidden: it shows nothing. "
            "Remove it.",
            field_data["name"],
            field_data["model"],
        )
        if field_data["relation"]:
            return None
        plain = {key: attrs[key] for key in attrs if key not in ("related", "compute")}
        return {**plain, "store": False, "readonly": True, "required": False}

    def _check_leads(self, vals):
        facts = dict(vals)
        if vals.get("model_id"):
            facts["model"] = self.env["ir.model"].sudo().browse(vals["model_id"]).model
        if self._leads_to_hidden(facts):
            self._refuse_customised(facts.get("model"))

    @api.model
    def _leads_to_hidden(self, facts):
        """Whether a field reads, follows or points at what may be hidden.

        :param facts: dict with ``model``, ``relation``, ``relation_table``,
            ``related`` and ``depends``
        """
        model = facts.get("model") or ""
        if self._is_table_of_ours(facts.get("relation_table")):
            return True
        paths = [facts.get("related"), *(facts.get("depends") or "").split(",")]
        if any(self._path_is_hidden(model, path.strip()) for path in paths if path):
            return True
        relation = facts.get("relation")
        # Rows that may be hidden themselves point only at what their writer sees.
        return self._may_be_hidden(relation) and not self._is_concealed(model)

    @api.model
    def _is_table_of_ours(self, table):
        """Whether a many2many would read the rows of a table that cases have.

        Such as who stands behind which wall, as if those were other records.
        """
        return bool(table) and table.lower().startswith("complaint")

    @api.model
    def _path_is_hidden(self, model, path):
        if self._is_ours(model):
            return True
        for name in path.split("."):
            model = self._relation_of(model, name)
            if self._may_be_hidden(model):
                return True
        return False

    @api.model
    def _relation_of(self, model, name):
        """Asked of the table: while the models are being set up, nothing else is."""
        rows = self.env.execute_query(
            SQL(
                "SELECT relation FROM ir_model_fields WHERE model = %s AND name = %s",
                model or "",
                name,
            )
        )
        return rows[0][0] if rows else None
