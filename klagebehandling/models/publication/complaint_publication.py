import base64
import hashlib

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# The files of a publication: the field that holds each, its ending and its type.
FILES = {
    "html": ("page_file", "text/html; charset=utf-8"),
    "pdf": ("paper_file", "application/pdf"),
    "csv": ("table_file", "text/csv; charset=utf-8"),
    "json": ("data_file", "application/json; charset=utf-8"),
}


class ComplaintPublication(models.Model):
    """A report as it was published: its files, which nobody changes (A-34, E-61).

    Whoever asks again gets the same bytes; a correction is a new version beside it. The
    public pages hand out the newest version of each year, where the procedure says that
    everybody may read it.
    """

    _name = "complaint.publication"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Published report"
    _order = "year desc, company_id, policy_code, revision desc"
    _rec_name = "title"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    policy_code = fields.Char(string="Procedure", required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True)
    revision = fields.Integer(string="Version", required=True, readonly=True)
    lang = fields.Char(string="Language", required=True, readonly=True)
    published_on = fields.Date(required=True, readonly=True)
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    is_public = fields.Boolean(string="Public", readonly=True)
    # What the public pages say of it: pairs of a label and what it says, and a text.
    summary = fields.Json(readonly=True)
    page_file = fields.Binary(string="Page", readonly=True, required=True)
    paper_file = fields.Binary(string="PDF", readonly=True)
    table_file = fields.Binary(string="Figures (CSV)", readonly=True, required=True)
    data_file = fields.Binary(string="Data (JSON)", readonly=True, required=True)
    page_name = fields.Char(compute="_compute_names")
    paper_name = fields.Char(compute="_compute_names")
    table_name = fields.Char(compute="_compute_names")
    data_name = fields.Char(compute="_compute_names")
    digest = fields.Char(
        string="Fingerprint (SHA-256)",
        required=True,
        readonly=True,
        help="Of the data. The same data gives the same report.",
    )

    _revision_unique = models.Constraint(
        "UNIQUE (company_id, policy_code, year, revision)",
        "This report is published already.",
    )

    @api.depends("policy_code", "year", "revision")
    def _compute_names(self):
        for one in self:
            for kind, (field, _type) in FILES.items():
                name = field.replace("_file", "_name")
                one[name] = one._file_name(kind)

    def _file_name(self, kind):
        return f"{self.policy_code}-{self.year}-{self.revision}.{kind}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What was published stays. Publish a new version of it.")
        )

    @api.model
    def _publish(self, values, files):
        """Keep the files of a report, and enter it in the organisation's journal.

        :param values: of the row, without the files
        :param files: dict from ``html``, ``pdf``, ``csv`` and ``json`` to bytes; a PDF
            may be missing
        :return: the publication, as the superuser
        """
        digests = {
            kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()
        }
        contents = {
            FILES[kind][0]: base64.b64encode(content) for kind, content in files.items()
        }
        publication = self.sudo().create(
            {
                **values,
                **contents,
                "digest": digests["json"],
                "published_by_id": self.env.uid,
            }
        )
        payload = {
            "policy": publication.policy_code,
            "year": publication.year,
            "revision": publication.revision,
            "is_public": publication.is_public,
            "digests": digests,
        }
        entry = (publication.company_id, "report_published", payload)
        self.env["complaint.company.journal"].sudo()._append([entry])
        return publication

    def _content(self, kind):
        """The bytes of one of the files; empty where there is none.

        :param kind: ``html``, ``pdf``, ``csv`` or ``json``
        """
        self.ensure_one()
        content = self.with_context(bin_size=False)[FILES[kind][0]]
        return base64.b64decode(content or b"")

    # -- for everybody

    @api.model_create_multi
    def create(self, vals_list):
        publications = super().create(vals_list)
        self.env.registry.clear_cache()
        return publications

    @api.model
    def _public(self, company, code):
        """What everybody may read of a procedure: the newest version of each year.

        :return: publications as the superuser, newest year first
        """
        return self.sudo().browse(self._public_ids(company.id, code))

    @api.model
    @tools.ormcache("company_id", "code")
    def _public_ids(self, company_id, code):
        """Kept in memory: each public form asks whether there is something to read."""
        own = [("company_id", "=", company_id), ("policy_code", "=", code)]
        found = {}
        for one in self.sudo().search(own, order="year desc, revision desc"):
            found.setdefault(one.year, one)
        return tuple(one.id for one in found.values() if one.is_public)
