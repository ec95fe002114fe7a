import contextlib
import os
import pathlib

import pytz

from odoo import api, fields, models

CONTENT = {"datas", "raw", "res_id"}


class IrAttachment(models.Model):
    """The files of an anonymous case carry a day in the filestore too (M11).

    Leak: the second of an upload tells who sat at a computer then. Proved by
    ``test_files_on_disk_have_a_day`` and ``test_files_put_on_a_case_have_a_day``. What
    no program can set, such as the change time of an inode, remains: see the threat
    model.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._cut_file_times()
        return files

    def write(self, vals):
        result = super().write(vals)
        if not CONTENT.isdisjoint(vals):
            self._cut_file_times()
        return result

    def _cut_file_times(self):
        policies = self._anonymous_policies([{}] * len(self))
        now = fields.Datetime.now()
        for file, policy in zip(self.sudo(), policies, strict=True):
            if policy and file.store_fname:
                day = pytz.utc.localize(policy._moment(now, "anonymous")).timestamp()
                for path in file._traces_on_disk():
                    with contextlib.suppress(FileNotFoundError):
                        os.utime(path, (day, day))

    def _traces_on_disk(self):
        """The file, the mark for the cleaner, and the folders that hold them."""
        for place in (self.store_fname, f"checklist/{self.store_fname}"):
            path = pathlib.Path(self._full_path(place))
            yield path
            yield path.parent
            # Touched where the folder is the first of its name.
            yield path.parent.parent
