from odoo import api, models
from odoo.fields import Domain


class IrAttachment(models.Model):
    """The files of a case are for who works it: auditors and custodians only read.

    Leak: Odoo shows a file to whoever made it, and to who may read the case. Proved by
    ``test_talk_and_files_are_for_who_works_the_case`` and
    ``test_adding_a_subject_revokes_everything_at_once``.
    """

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "complaint.case.attached"]

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            # Odoo refuses to look among the files of a model that one cannot read.
            domain = Domain(domain) & Domain("res_model", "not in", self._unworked())
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _document_models(self):
        holding = [
            name for name in self._walled_models() if self.env[name]._holds_files
        ]
        return sorted({*super()._document_models(), *holding})

    def _unworked(self):
        return [
            model
            for model in self._walled_models()
            if not self.env[model].browse().has_access("write")
        ]

    def _check_contents(self, values):
        """Make no picture smaller that is uploaded to a row which keeps evidence."""
        rows = self.env.get(values.get("res_model"))
        if getattr(rows, "_keeps_uploads_as_they_are", False):
            self = self.with_context(image_no_postprocess=True)
        return super()._check_contents(values)
