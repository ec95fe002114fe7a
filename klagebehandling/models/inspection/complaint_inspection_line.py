from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date, html2plaintext

from ... import masking
from ..disclosure.complaint_access_document import STRESS

# An opening lasts so long: a later look is another one, with an entry of its own.
OPENING = timedelta(minutes=10)
REFUSED = ("not_upheld",)
OPENED = ("identity_granted", "identity_revealed", "identity_read")
MASK = "▒▒▒"


@dataclass(frozen=True)
class Cover:
    """Covers in the words of people what tells who somebody is.

    Not in what the program itself says: a day looks like a number of a person.
    """

    names: list

    def __call__(self, text):
        clean = masking.clean(text)
        pieces = masking.cut(clean, [*self.names, *masking.suggest(clean)])
        return "".join(MASK if one.mask is not None else one.text for one in pieces)


class ComplaintInspectionLine(models.Model):
    """A case that an inspector may open, and why it is on the list.

    What is read of a case is made as it is opened, out of what the program knows, with
    nobody's name or address in it: of persons it has their roles. It points at the case
    for nobody to follow. Around it stands the wall: an inspector can be complained
    about too.
    """

    _name = "complaint.inspection.line"
    _inherit = ["complaint.case.part"]
    _description = "Case under inspection"
    _order = "received_on, id"
    _rec_name = "reference"
    _log_access = False
    _readers = {"inspector": "('is_live', '=', True)"}
    _only_read_by = ("inspector",)
    # When the inspector looked: no trace of who complains.
    _uncut = ("opened_at",)

    case_id = fields.Many2one(groups=fields.NO_ACCESS, readonly=True)
    company_id = fields.Many2one(readonly=True)
    inspection_id = fields.Many2one(
        "complaint.inspection", required=True, readonly=True, index=True
    )
    is_live = fields.Boolean(compute="_compute_is_live", search="_search_is_live")
    reference = fields.Char(related="case_id.reference")
    kind = fields.Selection(related="case_id.kind")
    state = fields.Selection(related="case_id.state")
    outcome = fields.Selection(related="case_id.outcome")
    received_on = fields.Date(string="Received", readonly=True)
    in_sample = fields.Boolean(string="In the sample", readonly=True)
    is_late = fields.Boolean(string="Late", readonly=True)
    is_refused = fields.Boolean(string="Refused", readonly=True)
    opening_count = fields.Integer(string="Identity opened", readonly=True)
    opened_at = fields.Datetime(string="Opened by you", readonly=True)

    _once = models.UniqueIndex("(inspection_id, case_id)")

    @api.depends_context("uid")
    @api.depends("inspection_id")
    def _compute_is_live(self):
        live = self.env["complaint.inspection"].sudo()._live()
        open_ones = self.sudo().inspection_id.filtered_domain(live)
        for line in self:
            line.is_live = line.sudo().inspection_id in open_ones

    def _search_is_live(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        live = self.env["complaint.inspection"].sudo()._live()
        return Domain("inspection_id", "any!", live)

    @api.model
    def _of_reference(self, reference):
        """The user's line of a case; none for the reference of another, or of none."""
        live = self.env["complaint.inspection"].sudo()._live()
        lines_sudo = self.sudo().search(
            Domain("case_id.reference", "=", reference)
            & Domain("inspection_id", "any", live)
        )
        return lines_sudo.sudo(False)._filtered_access("read")[:1]

    def _is_opened(self):
        """Whether the case may be read now, without another entry in its journal."""
        self.ensure_one()
        since = fields.Datetime.now() - OPENING
        return bool(self.is_live and self.opened_at and self.opened_at > since)

    def action_open(self):
        """Open the case, and have its journal say so.

        :raises AccessError: for who may not, or not any more
        """
        self.ensure_one()
        self.check_access("read")
        line_sudo = self.sudo()
        line_sudo.opened_at = fields.Datetime.now()
        line_sudo.case_id._log("inspected", inspection=self.inspection_id.id)
        return True

    # -- made as the inspection is opened

    @api.model
    def _list_cases(self, inspection):
        """A line for each case of the scope, with the lists that it is on."""
        cases = inspection._cases()
        sample = inspection._draw(cases)
        openings = dict(
            self.env["complaint.journal"]
            .sudo()
            ._read_group(
                [("case_id", "in", cases.ids), ("event", "in", OPENED)],
                ["case_id"],
                ["__count"],
            )
        )
        self.create(
            [
                {
                    "inspection_id": inspection.id,
                    "case_id": case.id,
                    "received_on": case._received_on(),
                    "in_sample": case in sample,
                    "is_late": any(row.late_at for row in case.deadline_ids),
                    "is_refused": case.outcome in REFUSED,
                    "opening_count": openings.get(case, 0),
                }
                for case in cases
            ]
        )

    # -- the page

    def _sections(self):
        """What is read of a case that is opened: no word that tells who somebody is.

        :return: list of titles, each with its paragraphs
        :raises AccessError: where it is not opened, or not any more
        """
        if not self._is_opened():
            raise AccessError(self.env._("Open the case first."))
        return self.sudo()._say_case()

    def _say_case(self):
        case = self.case_id
        cover = Cover(self._names())
        parts = [
            (self.env._("The complaint"), self._say_matter(case, cover)),
            (self.env._("Persons"), self._say_persons(case)),
            (self.env._("Time limits"), self._say_deadlines(case)),
            (self.env._("Letters"), self._say_letters(case, cover)),
            (
                self.env._("Identities opened, and why"),
                self._say_openings(case, cover),
            ),
            (self.env._("Journal"), self._say_entries(case.journal_ids, cover)),
        ]
        return [(title, lines) for title, texts in parts if (lines := [*texts])]

    def _names(self):
        """Words that tell who somebody of the case is, protected persons too."""
        Mask = self.env["complaint.access.mask"]
        words = set()
        for person in self.case_id.party_ids:
            known, _lost = person._open_identity()
            for name, source in (
                *(("name", "name"), ("email", "email"), ("phone", "phone")),
                *(("street", "address"), ("city", "address")),
            ):
                words |= {*Mask._spellings(known.get(name), source)}
            words |= {*Mask._spellings(person.user_id.name, "name")}
        return sorted(words, key=len, reverse=True)

    def _say_matter(self, case, cover):
        yield " · ".join(
            [case.unit_id.complete_name, *case.category_ids.mapped("name")]
        )
        for name in ("title", "description", "desired_outcome", "remedy", "lesson"):
            if case[name]:
                yield cover(case[name])

    def _say_persons(self, case):
        roles = dict(case.party_ids._fields["role"]._description_selection(self.env))
        return [roles[one.role] for one in case.party_ids]

    def _say_deadlines(self, case):
        rows = case.deadline_ids.sorted("due_on")
        states = dict(rows._fields["state"]._description_selection(self.env))
        for row in rows:
            day = format_date(self.env, row.due_on)
            yield f"{row._milestone_label()}, {day}: {states[row.state]}"

    def _say_letters(self, case, cover):
        for letter in case._archived_letters():
            day = format_date(self.env, letter.sent_at or letter.create_date)
            words = html2plaintext(STRESS.sub("", letter.body or ""))
            yield f"{day}: {cover(words)}"

    def _say_openings(self, case, cover):
        requests = self.env["complaint.identity.request"].search(
            [("case_id", "=", case.id)]
        )
        states = dict(requests._fields["state"]._description_selection(self.env))
        for one in requests:
            yield f"{cover(f'{one.asker_id.name}: {one.ground}')} ({states[one.state]})"
        events = case.journal_ids.filtered(lambda one: one.event in OPENED)
        yield from self._say_entries(events, cover)

    def _say_entries(self, entries, cover):
        events = dict(entries._fields["event"]._description_selection(self.env))
        for entry in entries.sorted("sequence"):
            day = format_date(self.env, entry.logged_on)
            yield f"{day}: {events[entry.event]} ({cover(entry.user_id.name or '–')})"
