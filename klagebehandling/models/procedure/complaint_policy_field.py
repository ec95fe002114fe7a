from odoo import fields, models

FORM_FIELDS = [
    ("kind", "Kind"),
    ("complainant_kind", "Who complains"),
    ("unit_id", "Unit"),
    ("categories", "Grounds"),
    ("title", "Subject"),
    ("description", "Description"),
    ("event_date", "Date of the event"),
    ("desired_outcome", "Desired outcome"),
    ("name", "Name"),
    ("contact", "Contact details"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("street", "Address"),
    ("zip", "Postcode"),
    ("city", "Town"),
    ("wants_reply", "Wants a reply"),
    ("reply_channel", "Preferred channel"),
    ("place_type", "Kind of place"),
    ("invite", "Wanted at the meeting"),
    ("about_manager", "Concerns the nearest manager"),
    ("attachments", "Attachments"),
    ("authorisation", "Authorisation"),
]


class ComplaintPolicyField(models.Model):
    """A question of the procedure's form; what is required binds the web channel."""

    _name = "complaint.policy.field"
    _inherit = "complaint.policy.part"
    _description = "Field of a procedure's form"
    _order = "policy_id, sequence, id"

    name = fields.Selection(FORM_FIELDS, string="Field", required=True)
    requirement = fields.Selection(
        [("required", "Required"), ("voluntary", "Voluntary")],
        required=True,
        default="voluntary",
    )
    label = fields.Char(translate=True, help="In the organisation's own words.")
    hint = fields.Text(translate=True)
    sequence = fields.Integer(default=10)

    _name_unique = models.Constraint(
        "UNIQUE (policy_id, name)", "A form asks each question once."
    )
