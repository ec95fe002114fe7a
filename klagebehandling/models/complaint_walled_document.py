from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class ComplaintWalledDocument(models.AbstractModel):
    """A row of Odoo's that hangs on a document by model and id, such as a message.

    Odoo lets the author, the recipients and the assigned user keep it, and shows
    some of these rows to every employee. What hangs on a case is for who works the
    case now, whoever wrote or received it before.
    """

    _name = "complaint.walled.document"
    _inherit = ["complaint.concealed"]
    _description = "Hangs on a document"

    # Which fields name the document; or the many2one to another row that does.
    _document_fields = ("res_model", "res_id")
    _document_link = None

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._visible_documents()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        known = self - result[0] if result else self
        if self.env.su or not (kept := known._kept_back()):
            return result
        forbidden = (result[0] | kept) if result else kept
        make_error = result[1] if result else self._make_document_error
        return forbidden, lambda: forbidden._refusal(make_error)

    def _make_document_error(self):
        return AccessError(
            self.env._("Sorry, you are not allowed to access this document.")
        )

    def _concealed(self):
        """Those that hang on a case which is walled for the user."""
        return self._by_document(lambda documents: documents._concealed())

    def _kept_back(self):
        """Those that hang on a case which the user does not work."""
        return self._by_document(lambda documents: documents - documents._worked())

    def _by_document(self, choose):
        """The rows whose documents of ours are among those that are chosen."""
        link = self._document_link
        if link:
            chosen = self.sudo()[link].with_env(self.env)._by_document(choose)
            return self.filtered(lambda row: row.sudo()[link] in chosen)
        model_field, id_field = self._document_fields
        found = self.browse()
        for model, rows in self.sudo().grouped(model_field).items():
            if model in self._walled_models():
                documents = self.env[model].browse(set(rows.mapped(id_field)) - {0})
                chosen = set(choose(documents)._ids)
                found |= rows.filtered(lambda row, ids=chosen: row[id_field] in ids)
        return found.with_env(self.env)

    @api.model
    def _visible_documents(self):
        """The domain of the rows that hang on no case, or on one the user works."""
        link = self._document_link
        if link:
            visible = self.env[self._fields[link].comodel_name]._visible_documents()
            return Domain(link, "=", False) | Domain(link, "any!", visible)
        model_field, id_field = self._document_fields
        walled = self._walled_models()
        visible = Domain(model_field, "not in", walled)
        for model in walled:
            if self.env[model].browse().has_access("write"):
                worked = Domain(id_field, "in", self.env[model]._search([]))
                visible |= Domain(model_field, "=", model) & worked
        return visible

    @api.model
    def _walled_models(self):
        registry = self.env.registry
        names = registry.descendants(["complaint.walled"], "_inherit")
        return sorted(name for name in names if not registry[name]._abstract)
