import os

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# The files of these tell what a case is about, and who is in it.
CASE_MODELS = (
    "complaint.case",
    "complaint.correspondence",
    "complaint.deadline",
    "complaint.journal",
    "complaint.party",
)
# The files of these are reached through a recorded act and in no other way.
SEALED_MODELS = ("complaint.original",)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Auditors and custodians see cases, but never the files of a case.

        What is sealed nobody reaches as a file, whatever the groups of the user.
        """
        result = super()._check_access(operation)
        if not self or self.env.su:
            return result
        hidden_models = self._hidden_models()
        hidden = self.sudo().filtered(lambda file: file.res_model in hidden_models)
        if not hidden:
            return result
        hidden = hidden.with_env(self.env)
        forbidden = (result[0] | hidden) if result else hidden
        return forbidden, lambda: AccessError(
            self.env._("Sorry, you are not allowed to access this document.")
        )

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            elsewhere = Domain("res_model", "not in", self._hidden_models())
            domain = Domain(domain) & (elsewhere | Domain("res_model", "=", False))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _hidden_models(self):
        """The models whose files the user never sees."""
        if self._reads_case_files():
            return SEALED_MODELS
        return SEALED_MODELS + CASE_MODELS

    def _reads_case_files(self):
        user = self.env.user
        return user.has_group("klagebehandling.group_handler") or user.has_group(
            "klagebehandling.group_independent"
        )

    def _check_contents(self, values):
        """An upload for a complaint is evidence: it is not made smaller."""
        if values.get("res_model") == "complaint.case.register":
            self = self.with_context(image_no_postprocess=True)
        return super()._check_contents(values)

    def _file_write(self, bin_value, checksum):
        fname = super()._file_write(bin_value, checksum)
        self._set_file_day(self._full_path(fname))
        return fname

    def _mark_for_gc(self, fname):
        result = super()._mark_for_gc(fname)
        self._set_file_day(os.path.join(self._full_path("checklist"), fname))
        return result

    def _set_file_day(self, path):
        """Let a file say the day and no more, where its case is anonymous.

        The folder is touched by each new file in it and tells the same.
        """
        day = self.env.context.get("complaint_file_day")
        if day:
            for one in (path, os.path.dirname(path)):
                os.utime(one, (day, day))
