from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ...limits import TEXTS
from ...roles import LEADERS
from ...vocabulary import TO_PERSON
from ..identity.complaint_party import IDENTITY_FIELDS
from ..intake.submission_reader import SubmissionReader

LONGEST_REASON = 2000
HIGHEST = 2**31
# So far back a day of receipt is meant, and no slip of the pen.
LONGEST_BACK = timedelta(days=366)
ROUTED_BY = {"unit_id", "kind", "category_ids"}
# What the journal calls the fields.
KEYS = {
    "unit_id": "unit",
    "kind": "kind",
    "category_ids": "grounds",
    "heading": "heading",
    "channel": "channel",
    "received_at": "receipt",
}


class ComplaintCorrection(models.AbstractModel):
    """What was registered wrongly is put right by one act, with a reason.

    Mixed into ``complaint.case``. What the person wrote is never changed. Each
    correction is one entry of the journal with what stood there and what is right; of a
    person it names the field only. Where the unit, the kind or the grounds were wrong,
    the case goes to who should have received it, around everybody behind the wall.
    """

    _name = "complaint.correction"
    _description = "Corrections of a case"

    def action_correct(self, values, reason):
        """Put right what was registered wrongly.

        :param values: what is right: ``unit_id``, ``kind``, ``category_ids`` (ids),
            ``heading``, ``channel``, ``received_at`` (ISO text, without a zone in that
            of the procedure) and ``contact``, a dict of ``name``, ``email``, ``phone``,
            ``street``, ``zip`` and ``city`` of who complains; empty where nothing is
            right
        :param reason: how that is known; required, not for auditors
        :raises UserError: for a later receipt by who leads nobody, for an ended case,
            and where nothing is another than it was
        """
        self._begin_correction()
        reason = self._read_reason(reason)
        right = self._read_correction(values)
        contact = right.pop("contact", {})
        if not right and not contact:
            raise UserError(
                self.env._("Nothing is different. Change what is wrong, then confirm.")
            )
        if contact:
            self._complainant()._correct(contact, reason)
        if right:
            self.sudo()._put_right(right, reason)
        return True

    def _begin_correction(self):
        if len(self) != 1:
            raise ValidationError(self.env._("Correct one case at a time."))
        self.check_access("write")
        if self._has_ended():
            raise UserError(
                self.env._("The case has ended. Reopen it first, then correct it.")
            )

    def _read_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Write why, and how you know it."))
        if len(reason) > LONGEST_REASON:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        return reason.strip()

    # -- reading what is right ---------------------------------------------------------

    def _read_correction(self, values):
        """Check what is said to be right.

        :return: by field what is another than it was, as it is written
        """
        readers = self._correction_readers()
        if not isinstance(values, dict) or values.keys() - readers.keys():
            raise ValidationError(
                self.env._("Correct only: %(names)s.", names=", ".join(sorted(readers)))
            )
        try:
            right = {name: readers[name](value) for name, value in values.items()}
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return {
            name: value
            for name, value in right.items()
            if value != self._stands(name) and value is not None
        }

    def _correction_readers(self):
        return {
            "unit_id": self._read_right_unit,
            "kind": self._read_right_kind,
            "category_ids": self._read_right_grounds,
            "heading": self._read_right_heading,
            "channel": self._read_right_channel,
            "received_at": self._read_right_receipt,
            "contact": self._read_right_contact,
        }

    def _stands(self, name):
        """What stands in a field now, in the form that the readers give."""
        if name == "contact":
            return {}
        value = self[name]
        if name == "category_ids":
            return set(value.ids)
        return value.id if name == "unit_id" else value

    def _read_right_unit(self, value):
        company = [("company_id", "=", self.company_id.id)]
        unit = self.env["complaint.unit"]
        if type(value) is int and 0 < value < HIGHEST:
            unit = unit.search([("id", "=", value), *company])
        if not unit and value != self.unit_id.id:
            raise ValueError(self.env._("Choose a unit of this organisation."))
        return value

    def _read_right_kind(self, value):
        codes = self.policy_id.sudo()._kinds_to_choose()
        if value != self.kind and (not isinstance(value, str) or value not in codes):
            raise ValueError(self.env._("Choose one of the kinds of the procedure."))
        return value

    def _read_right_grounds(self, value):
        allowed = self.policy_id.sudo()._grounds_to_choose(self.company_id)
        known = {*allowed.ids, *self.category_ids.ids}
        is_list = isinstance(value, list | tuple)
        are_ids = is_list and all(type(id_) is int for id_ in value)
        if not are_ids or set(value) - known:
            raise ValueError(self.env._("Choose among the grounds of the procedure."))
        return set(value)

    def _read_right_heading(self, value):
        reader = SubmissionReader(self.env)
        return reader.read_text(value or "", TEXTS["title"]) or False

    def _read_right_channel(self, value):
        labels = self._fields["channel"]._description_selection(self.env)
        return SubmissionReader(self.env).read_selection(value, labels)

    def _read_right_receipt(self, value):
        """The true receipt, as the case may keep it.

        :raises ValueError: for what cannot be true, or lies more than a year back
        :raises UserError: for a later one by who leads nobody
        """
        reader, policy = SubmissionReader(self.env), self.policy_id.sudo()
        now = fields.Datetime.now()
        moment = reader.read_receipt(reader.read_received_at(value), policy, now)
        moment = self._moment(moment.replace(microsecond=0))
        if moment == self.received_at:
            return moment
        if moment < now - LONGEST_BACK:
            raise ValueError(
                self.env._("That is more than a year ago. Check the year.")
            )
        if moment > self.registered_at:
            raise ValueError(
                self.env._("It cannot have come in after it was registered here.")
            )
        self._check_before_letters(moment)
        if moment > self.received_at and not self.env.user.has_groups(LEADERS):
            raise UserError(
                self.env._(
                    "A later day moves what was promised to the person. Ask your "
                    "manager to correct it."
                )
            )
        return moment

    def _check_before_letters(self, moment):
        """Refuse a receipt after something was sent or told to the person."""
        letters = self.sudo().correspondence_ids
        letters = letters.filtered(lambda one: one.direction == "out" and one.sent_at)
        sent = letters.mapped("sent_at")
        if sent and moment > min(sent):
            raise ValueError(
                self.env._(
                    "We wrote to the person on %(day)s: it came in before that.",
                    day=self._say_day(min(sent)),
                )
            )

    def _read_right_contact(self, value):
        """What is another of who complains, by name; nobody is named by it."""
        if not isinstance(value, dict) or value.keys() - {*IDENTITY_FIELDS}:
            raise ValueError(self.env._("Choose what to correct of the person."))
        if not value:
            return {}
        person = self._complainant()
        texts = {name: text or "" for name, text in value.items()}
        for text in texts.values():
            if not isinstance(text, str):
                raise ValueError(self.env._("This must be text."))
        clean = SubmissionReader(self.env).read_party(texts)
        return {
            name: clean.get(name, "")
            for name in texts
            if clean.get(name, "") != (person[name] or "")
        }

    def _complainant(self):
        """Who complains, where the user may correct how that person is reached.

        :raises UserError: where nobody is known, or only the custodian knows
        """
        if self.anonymity == "anonymous":
            raise UserError(
                self.env._(
                    "This person is anonymous. Who it is, only the person can tell us."
                )
            )
        person = self._find_complainant()
        if not person and self.anonymity == "protected":
            raise UserError(
                self.env._(
                    "This identity is protected. Ask the custodian to correct it."
                )
            )
        if not person:
            raise UserError(
                self.env._(
                    "Nobody is entered as complainant. Enter the person on the page "
                    "“People”."
                )
            )
        person.check_access("write")
        return person

    def _find_complainant(self):
        """Who complains, where that is known openly and the user may read it."""
        if self._origin.anonymity != "open":
            return self.env["complaint.party"]
        # Searched for: what others may see of the parties may stand in the cache.
        own = [("case_id", "in", self._origin.ids), ("role", "=", "complainant")]
        return self.env["complaint.party"].search(own, limit=1)

    # -- putting it right --------------------------------------------------------------

    def _put_right(self, right, reason):
        """Write what is right, move what hangs on it and enter it (as superuser)."""
        told = self._tell_change(right)
        start, handler = self.unit_id._line_start(self.category_ids)[0], self.handler_id
        received_at = right.pop("received_at", None)
        rows = self.deadline_ids
        if received_at:
            rows = self._rows_from_receipt()
            self.write({"received_at": received_at, **self._measure_again(received_at)})
        self._log("corrected", **told, reason=reason)
        if received_at:
            self._move_promises(rows, reason)
        if "category_ids" in right:
            right["category_ids"] = [Command.set(sorted(right["category_ids"]))]
        if right:
            self.write(right)
        if ROUTED_BY & right.keys():
            self._route_again(start, handler)

    def _tell_change(self, right):
        """What the journal keeps of a correction: what stood there, and what is right.

        :param right: of :meth:`_read_correction`
        """
        told = {}
        for name, value in right.items():
            told |= self._tell_sides(name, self._stands(name), value)
        return told

    def _tell_sides(self, name, before, now):
        told = {}
        for side, value in (("from", before), ("into", now)):
            if name == "received_at":
                value = self._say_moment(value)
            elif name == "category_ids":
                value = sorted(value)
            told[f"{KEYS[name]}_{side}"] = value or ""
        return told

    def _say_moment(self, moment):
        """A local time as the journal keeps it; of who is anonymous, the day."""
        local = self.policy_id._local(moment)
        is_day = self.anonymity == "anonymous"
        return str(local.date()) if is_day else local.strftime("%Y-%m-%d %H:%M")

    def _measure_again(self, received_at):
        """How long the answer took, counted from the right day."""
        if not self.answered_at:
            return {}
        policy = self.policy_id
        days = (
            policy._local(self.answered_at).date() - policy._local(received_at).date()
        )
        return {"days_to_answer": days.days}

    def _say_moves(self, received_at):
        """What would move with another receipt, for who is about to correct it."""
        case = self.sudo()
        now = fields.Datetime.now()
        is_meant = received_at and now - LONGEST_BACK < received_at <= now
        if not is_meant or received_at == case.received_at:
            return False
        day = case.policy_id._local(received_at).date()
        terms = case._rows_from_receipt().term_id
        case.policy_id._ensure_calendar(day, terms._horizon(day))
        rows = [
            (row, row._prepare_row(row.term_id, case._moment(received_at))["due_on"])
            for row in case._rows_from_receipt()
        ]
        said = [
            self.env._(
                "%(duty)s: %(new)s, not %(old)s",
                duty=row.with_env(self.env).sudo()._milestone_label(),
                new=format_date(self.env, due_on),
                old=format_date(self.env, row.due_on),
            )
            for row, due_on in rows
            if due_on != row.due_on
        ]
        return " · ".join(said)

    def _rows_from_receipt(self):
        """The open duties whose date hangs on the day of receipt."""
        return self.deadline_ids.filtered(
            lambda row: row.is_open and row._hangs_on(self.received_at)
        )

    def _move_promises(self, rows, reason):
        """Give each duty the date that the right receipt gives it, in a row of its own.

        Who was promised a date that is later now is written to.

        :param rows: of :meth:`_rows_from_receipt`
        """
        self._ensure_days(rows.term_id)
        moved = rows._follow_receipt(self.received_at, reason)
        self._finish_tasks()
        later = [
            (old, new)
            for old, new in moved
            if new.due_at > old.due_at and old.milestone in TO_PERSON
        ]
        if later:
            letter_sudo = self.env["complaint.correspondence"].sudo()
            body = letter_sudo._default_body(self, "correction", moved=later)
            medium = None if self.wants_reply else "portal"
            self._write_to_complainant("correction", body, medium)

    def _ensure_days(self, terms):
        day = self._received_on()
        self.policy_id._ensure_calendar(day, terms._horizon(day))

    def _route_again(self, start, handler):
        """Give the case to who should have received it.

        Who handles it stays, where the line still starts there.

        :param start: the unit where the line started before
        :param handler: who handled it then
        """
        if self.unit_id._line_start(self.category_ids)[0] != start:
            if self._give_on():
                self._refuse_unread()
            self._revoke()
        if self.handler_id != handler:
            self._tell_receivers(handler)
