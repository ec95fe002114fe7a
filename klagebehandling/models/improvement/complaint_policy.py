from odoo import api, fields, models

OURS = "Our own rule, unless the procedure says it."
LEARNING = {"is_dialogue_required", "pattern_count", "pattern_months", "lesson_cases"}


class ComplaintPolicy(models.Model):
    """Adds whether a case closes without a measure, and when cases are a pattern.

    How patterns are found promises nobody anything: it may change at any time.
    """

    _inherit = "complaint.policy"

    is_measure_required = fields.Boolean(
        string="Measure required at closing",
        help="A case closes with a measure, or with the reason why there is none.",
    )
    is_dialogue_required = fields.Boolean(
        string="Dialogue, put right, learned: at closing",
        help="A case closes with all three answers: how it was tried in dialogue, how "
        "it was put right or why not, and what was learned.",
    )
    pattern_count = fields.Integer(
        string="So many complaints are a pattern",
        default=3,
        help="On the same ground in the same unit. None: nobody looks. " + OURS,
    )
    pattern_months = fields.Integer(
        string="Within, months", default=12, help="How far back is looked. " + OURS
    )
    lesson_cases = fields.Integer(
        string="Lessons go out from, cases",
        default=3,
        help="From fewer cases a lesson could tell who complained. " + OURS,
    )

    _pattern_positive = models.Constraint(
        "CHECK (pattern_count BETWEEN 0 AND 1000 AND pattern_months BETWEEN 1 AND 60 "
        "AND lesson_cases BETWEEN 3 AND 1000)",
        "A pattern is of up to a thousand cases within 60 months, and a lesson of "
        "three cases at least.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | LEARNING
