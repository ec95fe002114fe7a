from odoo import models


class ComplaintCaseAttached(models.AbstractModel):
    """Rows of Odoo's or of another addon's that hang on a case by model and id.

    What an addon inherits, before the model that it guards::

        class Note(models.Model):
            _name = "some.note"
            _inherit = ["complaint.case.attached", "some.note"]

    Adds that a row on a case is found, read, named and counted only by who works the
    case (``complaint.walled.document``), and that nobody makes one on a case that they
    do not see (``complaint.pointing.document``). Other names of the two columns stand
    in ``_document_fields`` and ``_naming_fields``, a many2one to another such row in
    ``_document_link``.
    """

    _name = "complaint.case.attached"
    _inherit = ["complaint.pointing.document", "complaint.walled.document"]
    _description = "Hangs on a case"
