from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain


class ComplaintWalledDocument(models.AbstractModel):
    """What Odoo shows of a row that hangs on a document by model and id.

    Odoo lets the author, the recipients and the assigned user keep such a row, and
    shows some of them to every employee. What hangs on a case is for who works the
    case now, whoever wrote or received it before. Adds that to finding, to access and
    to names; ``_kept_back`` and ``_visible_documents`` say which rows they are, of
    records and as a domain.

    The base of ``complaint.case.attached``, which is what a model inherits. May not
    read a hidden row, nor call a case's model but by ``_worked`` and ``_search``.
    """

    _name = "complaint.walled.document"
    _inherit = ["complaint.concealed"]
    _description = "Hangs on a document"
    # Which fields name the document; or the many2one to another row that does.
    _document_fields = ("res_model", "res_id")
    _document_link = None
    # Odoo's own search of the model finds all, then asks each one's document. Ours are
    # asked the same way, which is cheaper than to list all cases.
    _is_found_first = False

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        is_asked = not (self.env.su or bypass_access)
        # A page is filled by the database: if rows were taken out of it afterwards, it
        # would be short, and tell.
        is_found_first = self._is_found_first and not (offset or limit)
        if is_asked and not is_found_first:
            domain = Domain(domain) & self._visible_documents()
        query = super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs
        )
        if not is_asked or not is_found_first:
            return query
        found = self.browse(query.get_result_ids())
        kept = found._kept_back()
        return (found - kept)._as_query(ordered=bool(order)) if kept else query

    def _check_access(self, operation):
        result = super()._check_access(operation)
        known = self - result[0] if result else self
        if self.env.su or not (kept := known._kept_back()):
            return result
        forbidden = (result[0] | kept) if result else kept
        return forbidden, forbidden._make_unknown_error

    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    @api.depends_context("uid")
    def _compute_display_name(self):
        self._check_known()
        super()._compute_display_name()

    def _check_known(self):
        """Refuse to name what is kept back from the person, also as superuser."""
        if self.env.uid == SUPERUSER_ID:
            return
        if kept := self._origin.sudo(False)._kept_back():
            raise kept[:1]._make_missing_error()

    def _seen(self):
        return self - self._kept_back()

    def _kept_back(self):
        """Those that hang on a case which the user does not work.

        Only what names the documents is read, past the cache: nothing of a hidden
        row may stay in it.
        """
        link = self._document_link
        if link:
            rows = self._read_columns(Domain(link, "!=", False), link)
            targets = self.env[self._fields[link].comodel_name]
            held = set(targets.browse(id_ for _row, id_ in rows)._kept_back()._ids)
            return self.browse(id_ for id_, target in rows if target in held)
        model_field, id_field = self._document_fields
        walled = Domain(model_field, "in", self._walled_models())
        ids_by_model = {}
        rows = self._read_columns(walled, model_field, id_field)
        for _id, model, document_id in rows:
            ids_by_model.setdefault(model, set()).add(document_id)
        worked = {
            (model, document.id)
            for model, ids in ids_by_model.items()
            for document in self.env[model].browse(ids - {0, None})._worked()
        }
        return self.browse(id_ for id_, *document in rows if (*document,) not in worked)

    def _read_columns(self, domain, *names):
        """Rows of ids and columns, of those of the records in a domain."""
        if not self.ids:
            return []
        rows_sudo = self.sudo()
        query = rows_sudo._search(Domain("id", "in", self.ids) & domain)
        columns = [rows_sudo._field_to_sql(self._table, one) for one in ("id", *names)]
        return self.env.execute_query(query.select(*columns))

    @api.model
    def _visible_documents(self):
        """The domain of the rows that hang on no case, or on one the user works."""
        link = self._document_link
        if link:
            visible = self.env[self._fields[link].comodel_name]._visible_documents()
            return Domain(link, "=", False) | Domain(link, "any!", visible)
        model_field, id_field = self._document_fields
        visible = Domain(model_field, "not in", self._walled_models())
        for model in self._document_models():
            if self.env[model].browse().has_access("write"):
                worked = Domain(id_field, "in", self.env[model]._search([]))
                visible |= Domain(model_field, "=", model) & worked
        return visible

    @api.model
    def _document_models(self):
        """The models of ours that such a row may hang on and be seen."""
        return [
            name for name in self._walled_models() if "message_ids" in self.env[name]
        ]

    @api.model
    def _walled_models(self):
        registry = self.env.registry
        names = registry.descendants(["complaint.walled"], "_inherit")
        return sorted(name for name in names if not registry[name]._abstract)
