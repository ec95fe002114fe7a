from odoo import fields, models

from .complaint_review_figure import FIGURES

CHAPTERS = [
    ("meta", "About the procedure"),
    ("def", "Definitions"),
    ("who", "Who may complain"),
    ("chn", "Ways of complaining"),
    ("fld", "What is asked"),
    ("ano", "Anonymity"),
    ("rte", "Who receives"),
    ("rol", "Roles"),
    ("dln", "Time limits"),
    ("ntc", "What the person is told"),
    ("pro", "The handling"),
    ("min", "Minutes and signatures"),
    ("esc", "The way onward"),
    ("rec", "The register"),
    ("sec", "Confidentiality and privacy"),
    ("rpt", "Reports"),
    ("lrn", "Learning"),
    ("rgt", "Rights and protection"),
    ("gdl", "How we meet people"),
    ("exc", "What belongs elsewhere"),
]


class ComplaintClause(models.Model):
    """One promise of a written procedure, in a short sentence in its own language.

    The packs bring them with their procedures; nobody edits them here. They are the
    list that the tests of conformance go by, too.
    """

    _name = "complaint.clause"
    _description = "Clause of a procedure"
    _order = "policy_code, code"

    policy_code = fields.Char(
        string="Procedure",
        required=True,
        readonly=True,
        index=True,
        help="Shared by all versions of the same procedure.",
    )
    code = fields.Char(string="Clause", required=True, readonly=True)
    chapter = fields.Selection(CHAPTERS, required=True, readonly=True)
    name = fields.Char(string="What it says", required=True, readonly=True)
    is_by_program = fields.Boolean(
        string="Kept by the program",
        readonly=True,
        help="The program sees to it by itself, as long as it is used.",
    )
    figure = fields.Selection(FIGURES, readonly=True)

    _code_unique = models.Constraint(
        "UNIQUE (policy_code, code)", "A procedure has each clause once."
    )
