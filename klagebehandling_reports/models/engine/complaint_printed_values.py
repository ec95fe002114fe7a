from odoo import api, models
from odoo.exceptions import AccessError


class ComplaintPrintedValues(models.AbstractModel):
    """What the template of a document gets, on the screen as on paper.

    Inherited by a model ``report.…`` for each template, whose document has
    ``_sheet_values``.
    """

    _name = "complaint.printed.values"
    _description = "Values of a document"
    # The model of the document.
    _of = None

    @api.model
    def _get_report_values(self, docids, data=None):
        document = self.env[self._of].browse(docids)
        if len(document) != 1:
            raise AccessError(self.env._("Print one document at a time."))
        document._check_printable()
        return document._sheet_values()
