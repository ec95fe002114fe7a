from odoo import api, models
from odoo.fields import Domain


class ComplaintFoundDocument(models.AbstractModel):
    """Messages and tasks: Odoo finds them first, then asks each one's document.

    Ours are asked the same way, which is cheaper than to list all cases. A page is
    filled by the database instead: if rows were taken out of it afterwards, it would
    be short, and tell.
    """

    _name = "complaint.found.document"
    _inherit = ["complaint.walled.document"]
    _description = "Hangs on a document, found first"

    _is_found_first = True

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        is_asked = not (self.env.su or bypass_access)
        if is_asked and (offset or limit):
            domain = Domain(domain) & self._visible_documents()
        query = super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs
        )
        if not is_asked or offset or limit:
            return query
        found = self.browse(query.get_result_ids())
        kept = found._kept_back()
        return (found - kept)._as_query(ordered=bool(order)) if kept else query
