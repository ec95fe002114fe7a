from odoo import api, models
from odoo.fields import Domain


class IrAttachment(models.Model):
    """The files of a case are for who works it: auditors and custodians only read."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "complaint.walled.document"]

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            # Odoo refuses to look among the files of a model that one cannot read.
            domain = Domain(domain) & Domain("res_model", "not in", self._unworked())
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _document_models(self):
        return [*super()._document_models(), "complaint.correspondence"]

    def _unworked(self):
        return [
            model
            for model in self._walled_models()
            if not self.env[model].browse().has_access("write")
        ]

    def _check_contents(self, values):
        """An upload for a complaint is evidence: it is not made smaller."""
        if values.get("res_model") == "complaint.case.register":
            self = self.with_context(image_no_postprocess=True)
        return super()._check_contents(values)
