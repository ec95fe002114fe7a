from datetime import timedelta
from functools import lru_cache

import pytz

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import ValidationError

from ...vocabulary import ANONYMITY, KINDS, language_names

# Always open to who receives, whatever the procedure names.
ALWAYS = ["whistleblowing", "undecided"]


def _timezones(_self):
    return [(name, name) for name in pytz.common_timezones]


@lru_cache(maxsize=4096)
def _aware(tz, moment):
    """A naive UTC datetime as an aware one; the rows of a case ask for the same."""
    return pytz.utc.localize(moment).astimezone(pytz.timezone(tz))


@lru_cache(maxsize=4096)
def _midnight(tz, day):
    """The instant, naive UTC, at which a local day begins in a time zone."""
    midnight = fields.Datetime.to_datetime(day)
    local = pytz.timezone(tz).localize(midnight, is_dst=True)
    return local.astimezone(pytz.utc).replace(tzinfo=None)


class ComplaintPolicy(models.Model):
    """One version of the organisation's written procedure: texts, switches, persons.

    Its ways, choices, form fields and time limits are rows of their own. The door reads
    it through ``_door``, kept in memory; which version binds is ``_in_force_on``.
    """

    _name = "complaint.policy"
    _inherit = "complaint.remembered"
    _description = "Complaint procedure"
    _order = "sequence, code, valid_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Shared by all versions of the same procedure."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force")],
        # What a person makes by hand is put in force by an act.
        default=lambda self: "in_force" if self.env.su else "draft",
        required=True,
        copy=False,
        help="A draft binds no case. Put in force, it applies from its first day.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared: it is copied by who chooses it, and changed by "
        "nobody.",
    )
    valid_from = fields.Date(
        help="First day of this version, in the procedure's time zone. "
        "The earliest version is open backwards.",
    )
    lang = fields.Selection(
        "_get_languages", required=True, default="nb_NO", string="Language"
    )
    country_id = fields.Many2one("res.country")
    tz = fields.Selection(
        _timezones, string="Time zone", required=True, default="Europe/Oslo"
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working days",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company.resource_calendar_id,
    )
    independent_id = fields.Many2one(
        "res.users",
        string="Independent receiver",
        help="Receives whistleblowing reports and what nobody in the line may see.",
    )
    fallback_id = fields.Many2one(
        "res.users",
        string="Fallback receiver",
        help="Receives in the place of the independent receiver what concerns that "
        "person, or what that person cannot read.",
    )
    brand = fields.Char(translate=True, help="What the public knows the system as.")
    adopting_body = fields.Char(translate=True)
    adopted_on = fields.Date()
    recommending_body = fields.Char(string="Also adopted by", translate=True)
    recommended_on = fields.Date(string="Also adopted on")
    decision_reference = fields.Char()
    source_url = fields.Char(string="Published at")
    change_reason = fields.Text(help="Why this version replaces the one before.")
    assumptions = fields.Text(
        translate=True,
        help="What stands in this record without standing in the written procedure.",
    )
    form_title = fields.Char(string="Heading of the form", translate=True)
    form_body = fields.Char(string="Body on the form", translate=True)
    purpose = fields.Html(translate=True)
    scope = fields.Html(translate=True)
    definitions = fields.Html(translate=True)
    welcome_text = fields.Html(translate=True)
    protection_text = fields.Html(
        translate=True, help="Nobody may be treated worse for having complained."
    )
    anonymity_text = fields.Html(translate=True)
    exclusions_text = fields.Html(translate=True)
    copy_text = fields.Html(string="Keep a copy", translate=True)
    public_record_text = fields.Html(
        translate=True, help="A public body without it says so in standard words."
    )
    privacy_text = fields.Html(translate=True)
    privacy_url = fields.Char()
    steps_text = fields.Html(
        string="What happens next",
        translate=True,
        help="What the procedure says of the handling: on the form and in the "
        "acknowledgement.",
    )
    onward_text = fields.Html(string="How to go on", translate=True)
    delay_text = fields.Html(string="Neutral delay notice", translate=True)
    anonymity_default = fields.Selection(
        ANONYMITY,
        required=True,
        default="open",
        help="For a complaint that arrives by a way this procedure does not offer.",
    )
    has_auto_receipt = fields.Boolean(
        string="Automatic receipt",
        help="Say at once that it has arrived, where the person can be reached.",
    )
    is_nav_partner = fields.Boolean(
        string="NAV can take part",
        help="Offered on the form; never for municipal places.",
    )
    is_public_body = fields.Boolean(
        help="Complaints are public documents under the principle of public access."
    )
    has_open_register = fields.Boolean(
        string="Senders stand in the register",
        help="Extracts of the register name the sender and the matter, where they are "
        "not secret. Without it secrecy is the rule, as in social services: both are "
        "blank in every row, so that a blank one tells nothing.",
    )
    is_minutes_signed = fields.Boolean(
        string="Signed minutes",
        help="A case closes as resolved only with minutes signed by both parties.",
    )
    is_lesson_required = fields.Boolean(string="Lesson required at closing")
    stale_after = fields.Integer(
        help="Working days without activity before an open case is shown as stale."
    )
    # What the yearly report is made by; the contract names them.
    report_recipient = fields.Char(translate=True)
    report_month = fields.Integer(string="Report due, month")
    report_day = fields.Integer(string="Report due, day")
    is_report_public = fields.Boolean()
    category_ids = fields.Many2many("complaint.category", string="Grounds")
    is_grounds_assumed = fields.Boolean(
        string="Grounds are an assumption",
        help="The list of grounds is not in the written procedure.",
    )
    channel_ids = fields.One2many("complaint.policy.channel", "policy_id", copy=True)
    term_ids = fields.One2many("complaint.policy.term", "policy_id", copy=True)
    choice_ids = fields.One2many("complaint.policy.choice", "policy_id", copy=True)
    field_ids = fields.One2many("complaint.policy.field", "policy_id", copy=True)

    _version_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0), COALESCE(valid_from, '0001-01-01'::date)) "
        "WHERE state = 'in_force' AND active",
        "Another version of this procedure starts on the same day.",
    )
    _stale_after_positive = models.Constraint(
        "CHECK (stale_after >= 0)", "Days without activity cannot be negative."
    )

    @api.model
    def _get_languages(self):
        installed = self.env["res.lang"].get_installed()
        return language_names(installed) + self._uninstalled_languages()

    @api.model
    def _uninstalled_languages(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        own = [("nb_NO", "Norsk bokmål"), ("sv_SE", "Svenska"), ("en_US", "English")]
        return [(code, name) for code, name in own if code not in installed]

    @api.constrains("state", "independent_id", "company_id")
    def _check_independent_id(self):
        for policy in self:
            if policy.company_id and policy.state == "in_force":
                policy._require_independent()

    @api.constrains("independent_id", "fallback_id")
    def _check_fallback_id(self):
        for policy in self:
            if policy.fallback_id and policy.fallback_id == policy.independent_id:
                raise ValidationError(
                    self.env._(
                        "The fallback receiver stands in for the independent receiver. "
                        "Choose another person."
                    )
                )

    @api.constrains("report_month", "report_day")
    def _check_report_date(self):
        for policy in self.filtered(
            lambda policy: policy.report_month or policy.report_day
        ):
            try:
                fields.Date.to_date("2025-01-01").replace(
                    month=policy.report_month, day=policy.report_day
                )
            except ValueError as error:
                raise ValidationError(
                    self.env._("The report is due on a day that exists every year.")
                ) from error

    def _check_given_to(self, company):
        """Keep a person from naming what the person does not read.

        :raises ValidationError: for a procedure of another organisation
        """
        is_person = self.env.uid != SUPERUSER_ID
        if is_person and self.sudo().company_id - company:
            raise ValidationError(
                self.env._("Choose a procedure of the own organisation.")
            )

    def _require_independent(self):
        if not self.independent_id:
            raise ValidationError(self._say_independent())

    def _say_independent(self):
        return self.env._(
            "Choose an independent receiver for %(policy)s: somebody must be able to "
            "receive what the line of management may not see.",
            policy=self.name or self.env._("the procedure"),
        )

    def _spoken(self, lang=False):
        """The language in which a person is written to: the person's own where it is
        installed, else the procedure's, which is installed with it.

        :param lang: code of the person's language, where that is known
        :return: code of an installed language
        """
        languages = self.env["res.lang"]
        return languages._get_code(lang) or self.sudo()._install_language()

    def _install_language(self):
        """Have the procedure's language in the database, with all its words.

        :return: its code
        """
        languages_sudo = self.env["res.lang"].sudo()
        if not languages_sudo._get_code(self.lang):
            languages_sudo._activate_and_install_lang(self.lang)
        return self.lang

    def _local(self, moment):
        """A naive UTC datetime as an aware one in the procedure's time zone."""
        return _aware(self.tz, moment)

    def _moment(self, moment, anonymity):
        """An instant as it may be stored: of an anonymous case, its day (M11)."""
        if anonymity != "anonymous":
            return moment
        return self._day_start(self._local(moment).date())

    def _day_start(self, day):
        """The instant, naive UTC, at which a local day begins."""
        return _midnight(self.tz, day)

    def _ensure_calendar(self, first, last):
        """Have the public holidays from ``first`` to ``last`` (dates) in the calendar.

        Half a year is added on either side, so that reminders are covered too.
        """
        margin = timedelta(days=183)
        for policy in self:
            policy.calendar_id._ensure_holidays(first - margin, last + margin)

    @tools.ormcache("self.id", "day")
    def _horizon(self, day):
        """A local day that no limit counted from this one goes beyond."""
        return self._terms()._horizon(day)

    def _add_work_days(self, day, amount):
        """The ``amount``-th working day after a local day, which does not count."""
        return self._work_calendar()._add_work_days(day, amount, *self._whose_days())

    def _shift_work_day(self, day, amount):
        """The working day so many before (negative) or after a local day."""
        return self._work_calendar()._shift_work_day(day, amount, *self._whose_days())

    def _last_work_day(self, day):
        """The last working day on or before a local day."""
        return self._work_calendar()._last_work_day(day, *self._whose_days())

    def _count_work_days(self, first, last):
        """The number of working days after a local day, until another and with it."""
        return self._work_calendar()._count_work_days(first, last, *self._whose_days())

    def _work_calendar(self):
        return self.calendar_id.sudo()

    def _whose_days(self):
        """What the calendar has to know beside the day: a calendar may be shared."""
        return self.tz, self.company_id.id

    def _channel(self, channel):
        """The procedure's row for a way of complaining; empty where it has none."""
        return self.channel_ids.filtered(lambda way: way.channel == channel)[:1]

    def _allows_anonymity(self, channel):
        """Whether one may be anonymous in a channel; what is not offered may (B-16)."""
        return self._door()["anonymity"].get(channel, True)

    def _choices(self, subject):
        return self.choice_ids.filtered(lambda choice: choice.subject == subject)

    def _kinds(self):
        return self._door()["kinds"]

    def _kinds_to_choose(self):
        """The kinds that staff may choose: all, where the procedure names none."""
        kinds = self._choices("kind").mapped("value")
        return kinds + ALWAYS if kinds else list(dict(KINDS))

    def _grounds_to_choose(self, company):
        """The grounds of the procedure in a company, and what belongs elsewhere."""
        own = [("child_ids", "=", False), ("company_id", "in", [False, company.id])]
        leaves = self.env["complaint.category"].search(own)
        if not self.category_ids:
            return leaves
        return leaves.filtered(
            lambda ground: ground in self.category_ids or ground.is_out_of_scope
        )

    def _required_fields(self):
        return self._door()["required"]

    def _terms(self):
        """The terms, found without a query once the door knows the procedure."""
        return self.env["complaint.policy.term"].browse(self._door()["term_ids"])

    def _fields_asked(self):
        """What the form asks, found as the terms are."""
        return self.env["complaint.policy.field"].browse(self._door()["field_ids"])

    @tools.ormcache("self.id")
    def _door(self):
        """What the door asks of every complaint, kept in memory: a version in use
        does not change, and its parts clear the cache when they do."""
        policy = self.sudo()
        required = policy.field_ids.filtered(lambda row: row.requirement == "required")
        return {
            "kinds": tuple(policy._choices("kind").mapped("value")),
            "required": tuple(required.mapped("name")),
            "anonymity": {
                way.channel: way.anonymity_allowed for way in policy.channel_ids
            },
            "category_ids": frozenset(policy.category_ids.ids),
            "term_ids": tuple(policy.term_ids.ids),
            "field_ids": tuple(policy.field_ids.ids),
        }

    def _stale_before(self):
        """The last local day whose silence is too long by now; nothing without a limit.

        Public holidays count as the calendar has them.
        """
        policy = self.sudo()
        if not policy.stale_after:
            return False
        today = policy._today()
        policy._ensure_calendar(today, today)
        return policy._shift_work_day(today, -policy.stale_after)
