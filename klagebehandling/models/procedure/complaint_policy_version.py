import logging
from datetime import date
from itertools import chain
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

_logger = logging.getLogger(__name__)

# Persons and switches, not promises: they may change while the version is in use.
EDITABLE_IN_USE = {"independent_id", "fallback_id", "active", "sequence"}
# Which days a version binds, and whom.
DATED = {"valid_from", "code", "company_id", "tz"}
# The texts that the public, or a letter, has use for, by the page of the form.
TEXTS = {
    "texts": ("purpose", "onward_text", "delay_text"),
    "notices": ("welcome_text", "protection_text", "anonymity_text", "privacy_text"),
    "origin": ("adopting_body", "adopted_on"),
}
# What decides whether something is missing.
GAPS = ("state", "name", "code", "company_id", "tz", "valid_from")
GAPS += ("independent_id", "fallback_id", "report_recipient", "report_day")
GAPS += ("term_ids.milestone", "channel_ids.is_offered", "choice_ids.subject")
GAPS += ("field_ids", "category_ids", *chain(*TEXTS.values()))


class Gap(NamedTuple):
    """What a version lacks."""

    # Where it is filled in, in the user's words.
    page: str
    # What to do about it.
    text: str
    # Whether the version cannot be put in force without.
    is_required: bool = False


class ComplaintPolicy(models.Model):
    """Versions: dated, frozen once they bind cases, copied to be changed.

    Which version bound yesterday never changes where the organisation has one: a longer
    term would be promised backwards.
    """

    _inherit = "complaint.policy"

    gap_list = fields.Html(
        string="Still missing",
        compute="_compute_gap_list",
        help="What the version lacks, in the order of its pages.",
    )

    @api.depends(*GAPS)
    def _compute_gap_list(self):
        for policy in self:
            is_draft = policy.state == "draft"
            policy.gap_list = is_draft and policy._render_gaps()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # It is put in force by its button, which asks what has to be asked.
            vals_list = [dict(vals, state="draft") for vals in vals_list]
        policies = super().create(vals_list)
        policies._install_languages()
        return policies

    def write(self, vals):
        if set(vals) - self._editable_in_use():
            self._check_not_frozen()
        if not self.env.su:
            self._check_in_force(vals)
        result = super().write(vals)
        if "company_id" in vals:
            # A record rule is asked before only: nothing is given away.
            self.check_access("write")
        self._install_languages()
        return result

    def _install_languages(self):
        """Have the words of what an organisation puts in force, before a letter asks.

        What is shared waits until somebody chooses it, or writes a letter by it.
        """
        for policy in self.sudo():
            if policy.company_id and policy.state == "in_force":
                policy._install_language()

    @api.model
    def _editable_in_use(self):
        """Hook: the fields that may change while the version binds cases."""
        return EDITABLE_IN_USE

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()
        if not self.env.su and "in_force" in self.mapped("state"):
            self._refuse_in_force()

    def _check_in_force(self, vals):
        """Refuse what would change which version binds, but for putting one in force.

        :raises UserError: for a person who does it on another way
        """
        if "state" in vals:
            self._refuse_in_force()
        in_force = self.filtered(lambda policy: policy.state == "in_force")
        if in_force and DATED & vals.keys():
            self._refuse_in_force()
        if vals.get("active"):
            for policy in in_force - in_force.filtered("active"):
                policy._check_starts_later()
        elif "active" in vals:
            for policy in in_force.filtered("active"):
                versions = policy._versions(policy.code, policy.company_id)
                if versions != policy and versions._in_force_on(policy._today()) == (
                    policy
                ):
                    self._refuse_in_force()

    def _refuse_in_force(self):
        raise UserError(
            self.env._(
                "What is in force is replaced by a new version, which is put in force "
                "by its button, from today or from a later day."
            )
        )

    def _check_starts_later(self):
        """Refuse a version that would bind what has come in already.

        :raises UserError: where the organisation has one in force, archived or not
        """
        if self._starts_too_early():
            raise UserError(self._say_starts_later())

    def _starts_too_early(self):
        others = self.with_context(active_test=False).sudo()
        others = others.search(
            [
                ("code", "=", self.code),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "in_force"),
                ("id", "!=", self._origin.id),
            ],
            limit=1,
        )
        is_early = not self.valid_from or self.valid_from < self._today()
        return bool(others) and is_early

    def _say_starts_later(self):
        return self.env._(
            "A new version starts today or later: what has come in before is promised "
            "something already. Enter its first day, then try again."
        )

    def _today(self):
        return self._local(fields.Datetime.now()).date()

    def copy_data(self, default=None):
        valid_from = (default or {}).get("valid_from", False)
        return [
            dict(vals, state="draft", valid_from=valid_from)
            for vals in super().copy_data(default)
        ]

    def action_put_in_force(self):
        """Let the version bind the cases received from its first day on (M01).

        :raises ValidationError: with all that :meth:`_gaps` requires, such as an
            independent receiver, and a first day that is not past
        """
        self.check_access("write")
        for policy in self:
            required = [gap.text for gap in policy._gaps() if gap.is_required]
            if required:
                raise ValidationError("\n".join(required))
        drafts = self.filtered(lambda policy: policy.state == "draft")
        # The button is the one way: a plain write is refused.
        return not drafts or drafts.sudo().write({"state": "in_force"})

    def _gaps(self):
        """What the version lacks, in the order of its form.

        The form shows all of it; what is required is refused by
        :meth:`action_put_in_force`.

        :return: list of :class:`Gap`
        """
        self.ensure_one()
        return [*self._gaps_of_head(), *self._gaps_of_rows(), *self._gaps_of_texts()]

    def _gaps_of_head(self):
        head = self.env._("At the top")
        if not self.independent_id:
            yield Gap(head, self._say_independent(), is_required=True)
        elif not self.fallback_id:
            text = self.env._("Choose a fallback receiver.")
            yield Gap(head, text)
        if self._starts_too_early():
            yield Gap(head, self._say_starts_later(), is_required=True)

    def _gaps_of_rows(self):
        page = self.env._("Time limits")
        if not self.term_ids:
            text = self.env._(
                "Enter at least one time limit: a procedure says by when something is "
                "done."
            )
            yield Gap(page, text, is_required=True)
        elif not {"reply", "close"} & {*self.term_ids.mapped("milestone")}:
            text = self.env._("Nothing says by when a complaint is answered.")
            yield Gap(page, text)
        if not any(self.channel_ids.mapped("is_offered")):
            text = self.env._("No way is offered: nobody is told how to complain.")
            yield Gap(self.env._("Ways of complaining"), text)
        if not self._choices("kind"):
            text = self.env._("No kinds are named: all of them are taken in.")
            yield Gap(self.env._("Kinds, senders and roles"), text)
        if not self.field_ids:
            text = self.env._("No questions are chosen: the form asks the usual ones.")
            yield Gap(self.env._("Form questions"), text)
        if not self.category_ids:
            text = self.env._("No grounds are chosen: all of them are offered.")
            yield Gap(self.env._("Grounds"), text)

    def _gaps_of_texts(self):
        pages = {
            "texts": self.env._("Texts"),
            "notices": self.env._("Notices on the form"),
            "origin": self.env._("Origin"),
        }
        for page, names in TEXTS.items():
            labels = [
                self._fields[name]._description_string(self.env)
                for name in names
                if not self[name]
            ]
            if labels:
                text = self.env._("Empty: %(fields)s.", fields=", ".join(labels))
                yield Gap(pages[page], text)
        if self.report_recipient and not self.report_day:
            text = self.env._("No day is set on which the report is due.")
            yield Gap(self.env._("Rules and reports"), text)

    def _render_gaps(self):
        """The gaps as a list, the required ones marked; nothing without any."""
        rows = Markup("").join(
            Markup("<li><strong>{page}:</strong> {text}{mark}</li>").format(
                page=gap.page,
                text=gap.text,
                mark=Markup(" <em>({})</em>").format(self.env._("required"))
                if gap.is_required
                else "",
            )
            for gap in self._gaps()
        )
        return rows and Markup("<ol>{}</ol>").format(rows)

    def _check_not_frozen(self):
        if any(policy.is_frozen for policy in self):
            raise UserError(
                self.env._(
                    "This version binds cases and cannot be changed. Duplicate it, "
                    "change the copy and put that in force from a later day."
                )
            )

    def _other_versions(self):
        """The organisation's other versions; a shared preset is not one of them."""
        versions = self._versions(self.code, self.company_id) - self
        return versions.filtered(lambda other: other.company_id == self.company_id)

    @api.model
    def _versions(self, code, company):
        """The versions in force of a procedure: the company's own, else the shared."""
        return self.sudo().browse(self._version_ids(code, company.id))

    @api.model
    @tools.ormcache("code", "company_id")
    def _version_ids(self, code, company_id):
        versions = self.sudo().search(
            [
                ("code", "=", code),
                ("state", "=", "in_force"),
                ("company_id", "in", [False, company_id]),
            ]
        )
        return (versions.filtered("company_id") or versions).ids

    @api.model
    def _version_on(self, code, company, day):
        """The version of a procedure that binds a company on a local day, or none."""
        return self.sudo().browse(self._version_id_on(code, company.id, day))

    @api.model
    @tools.ormcache("code", "company_id", "day")
    def _version_id_on(self, code, company_id, day):
        versions = self.sudo().browse(self._version_ids(code, company_id))
        return versions._in_force_on(day).id

    def _in_force_on(self, day):
        """The version among ``self`` that binds a case received on a local day.

        The earliest is open backwards.
        """
        versions = self.sorted(lambda policy: policy.valid_from or date.min)
        started = versions.filtered(
            lambda policy: not policy.valid_from or policy.valid_from <= day
        )
        return started[-1:] or versions[:1]

    @api.model
    def _renew_presets(self, module, *codes):
        """Load the shared procedures of a pack anew, for the update of that pack.

        Its records are never overwritten otherwise. A version that binds cases stays
        as it is, and the log says so; an organisation's own copies are its own.

        :param module: the addon with ``data/complaint_policy_<code>.xml``
        """
        for code in codes:
            preset = self.env.ref(f"{module}.policy_{code}", raise_if_not_found=False)
            if not preset or preset.company_id:
                continue
            if preset.is_frozen:
                _logger.warning(
                    "The shared procedure %s binds cases and keeps its words", code
                )
                continue
            path = f"data/complaint_policy_{code}.xml"
            tools.convert_file(self.env, module, path, {}, mode="init", noupdate=True)

    def _may_bind(self):
        """Whether what comes in today, or came in before, is bound by the version."""
        if self.state != "in_force":
            return False
        first = self.valid_from or date.min
        others = self._other_versions().mapped(lambda one: one.valid_from or date.min)
        is_earliest = first < min(others, default=date.max)
        return is_earliest or first <= self._local(fields.Datetime.now()).date()

    def action_new_version(self):
        """Copy the version as a draft of the organisation and open that.

        :return: the action that opens the draft
        """
        self.ensure_one()
        draft = self.copy({"company_id": (self.company_id or self.env.company).id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.policy",
            "res_id": draft.id,
            "views": [(False, "form")],
            "name": draft.name,
        }
