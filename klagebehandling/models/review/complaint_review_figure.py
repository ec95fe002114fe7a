from odoo import Command, api, fields, models

FIGURES = [
    ("received", "Cases received"),
    ("acknowledge", "Acknowledged in time"),
    ("inform_staff", "Staff informed in time"),
    ("update", "Updates in time"),
    ("reply", "Answered in time"),
    ("close", "Closed in time"),
    ("updates_sent", "Updates sent"),
    ("moved", "Promises moved to a later day"),
    ("onward", "Cases that went onward"),
    ("own_attachment", "Reports to NAV sent with the person's own attachment"),
    ("minutes", "Minutes signed by both"),
    ("measures", "Measures done, of those that were due"),
    ("effects", "Effects checked, of those that were due"),
    ("patterns", "Patterns taken up, of those that were decided"),
    ("lessons", "Lessons given back to the units"),
    ("satisfaction", "How people found the handling"),
]
READING = ("group_manager", "group_procedure", "group_auditor")


class ComplaintReviewFigure(models.Model):
    """One figure of a review, frozen as the review was opened, for its year.

    The numbers are nobody's: each reader gets the words that are for them, or the one
    sentence that stands where a number could tell of single cases.
    """

    _name = "complaint.review.figure"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Figure of a review"
    _order = "review_id desc, sequence, id"
    _rec_name = "key"

    review_id = fields.Many2one(
        "complaint.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    year = fields.Integer(related="review_id.year")
    sequence = fields.Integer(readonly=True)
    key = fields.Selection(FIGURES, string="Figure", required=True, readonly=True)
    first_on = fields.Date(string="From", required=True, readonly=True)
    last_on = fields.Date(string="Until", required=True, readonly=True)
    numbers = fields.Json(groups=fields.NO_ACCESS)
    withheld_user_ids = fields.Many2many(
        "res.users",
        "complaint_review_figure_withheld",
        "figure_id",
        "user_id",
        groups=fields.NO_ACCESS,
    )
    text = fields.Char(string="What it says", compute="_compute_text")

    _key_unique = models.Constraint(
        "UNIQUE (review_id, key)", "A review has each figure once."
    )

    @api.depends("numbers", "withheld_user_ids")
    @api.depends_context("uid", "lang")
    def _compute_text(self):
        for figure in self:
            numbers = figure.sudo().numbers
            if not numbers or self.env.user in figure.sudo().withheld_user_ids:
                figure.text = self._say_held_back()
            elif "was_fair" in numbers:
                figure.text = self.env._(
                    "%(count)s answers, from 1 to 5: listened to %(was_heard)s, "
                    "understood what happened %(was_clear)s, treated fairly "
                    "%(was_fair)s",
                    **numbers,
                )
            elif numbers["part"] is None or not numbers["total"]:
                figure.text = str(numbers["total"])
            else:
                share = round(100 * numbers["part"] / numbers["total"])
                figure.text = self.env._(
                    "%(part)s of %(total)s (%(share)s %%)", share=share, **numbers
                )

    @api.model
    def _say_held_back(self):
        """The one sentence for what is too few, too telling, or not there."""
        return self.env._("Not shown: too few, or it could tell of single cases.")

    @api.model
    def _freeze(self, review):
        """Count the figures of a review for its year, once and for all.

        :param review: as superuser, just opened
        """
        first, last = review._period()
        counted = self._count_all(review.policy_id, first, last)
        self.create(
            [
                {
                    "review_id": review.id,
                    "sequence": number,
                    "key": key,
                    "first_on": first,
                    "last_on": last,
                    **counted[key],
                }
                for number, (key, _label) in enumerate(FIGURES)
            ]
        )

    @api.model
    def _count_all(self, policy, first, last):
        """The figures of a procedure for a time, by their keys; as superuser.

        :param policy: any version of it
        :return: dict from the key to ``numbers`` and ``withheld_user_ids``
        """
        figures = self.env["complaint.figure"]
        scope = figures._of_procedure(policy, first, last)
        keys = [key for key, _label in FIGURES if key != "satisfaction"]
        readers = self._review_readers(policy.company_id)
        least = self.env["complaint.satisfaction"]._least(policy.company_id)
        counted = {
            key: {
                "numbers": one["numbers"],
                "withheld_user_ids": [Command.set(one["withheld"].ids)],
            }
            for key, one in figures._publish(scope, keys, readers, least).items()
        }
        return {**counted, "satisfaction": {"numbers": figures._satisfaction(scope)}}

    @api.model
    def _review_readers(self, company):
        """Who reads the reviews of an organisation."""
        groups = [self.env.ref(f"klagebehandling.{name}") for name in READING]
        users = self.env["res.users"].union(*(one.all_user_ids for one in groups))
        return users.filtered(lambda user: company in user.company_ids)

    def _prepare_again(self):
        """What the figure is made of once more, in a correction: it is not counted
        anew, or what happened since could be told from the difference.
        """
        names = ("sequence", "key", "first_on", "last_on", "numbers")
        values = {name: self[name] for name in names}
        withheld = [Command.set(self.withheld_user_ids.ids)]
        return {**values, "withheld_user_ids": withheld}
