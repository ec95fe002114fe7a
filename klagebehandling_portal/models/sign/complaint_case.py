from odoo import api, models
from odoo.tools import format_date

from odoo.addons.klagebehandling.models.meeting.complaint_case import BY_ACCOUNT
from odoo.addons.klagebehandling.sealing import keyring, receipt_code

from ..status.complaint_case import LONGEST_CODE


class ComplaintCase(models.Model):
    """What the complainant reads of meetings and minutes on the own page."""

    _inherit = "complaint.case"

    @api.model
    def _find_replaced(self, code):
        """The day on which a code that a colleague had seen was replaced (A-10).

        It opens nothing any more; who holds it hears that it was replaced.
        """
        code = receipt_code.normalise((code or "")[:LONGEST_CODE])
        hashed = keyring.keyed_hash("access code", code)
        case_sudo = self.sudo().search([("code_seen_hash", "=", hashed)], limit=1)
        return case_sudo.code_drawn_on if code else None

    def _parts_on_page(self):
        own = ["meeting_ids", "minutes_ids", "authorisation_ids", "limit_ids"]
        return [*super()._parts_on_page(), *own, "representative_ids"]

    def _public_status(self):
        status = super()._public_status()
        readable = self._minutes_to_read().filtered(lambda one: one._is_readable())
        minutes = [self._public_one(one) for one in readable]
        is_known = bool(self.env.context.get(BY_ACCOUNT))
        return {
            **status,
            "meetings": [
                {
                    "id": meeting.id,
                    "when": meeting._say_when(),
                    "place": meeting.place,
                    "answer": meeting.answer,
                }
                for meeting in self._meetings_to_come()
            ],
            "minutes": minutes,
            "minutes_gone": [
                {
                    "held": self._say_held(one),
                    "removed_on": one.text_erased_on,
                    "id": one.meeting_id.id,
                }
                for one in self._minutes_frozen() - readable
            ],
            "speakers": self._public_speakers(),
            "right_missing": self._public_right_missing(),
            "limits": self._limits_on_page(),
            "is_code_own": is_known or self._is_code_own(),
            "has_to_sign": any(one["may_sign"] for one in minutes),
        }

    def _say_held(self, minutes):
        """The day of the meeting, where the minutes themselves cannot be opened."""
        held = minutes.meeting_id._held_on()
        return format_date(self.env, held, date_format="long")

    def _public_speakers(self):
        """By what right somebody speaks for the person, without a name."""
        rows = self._authorisations_to_end()
        kinds = dict(rows._fields["kind"]._description_selection(self.env))
        scopes = dict(rows._fields["scope"]._description_selection(self.env))
        return [
            {
                "id": row.id,
                "kind": kinds[row.kind],
                "scope": scopes[row.scope],
                "until": row.valid_until,
            }
            for row in rows
        ]

    def _public_right_missing(self):
        """What who speaks for the person has yet to show, in sentences without a name.

        Nobody is asked to show anew what the person has ended.
        """
        # Most cases have none, which the page knows already.
        people = self.representative_ids and self._unauthorised()
        latest = {one: one.authorisation_ids.sorted("id")[-1:] for one in people}
        asked = [row for row in latest.values() if row.ended_by != "person"]
        return list(dict.fromkeys(self._say_right_missing(row) for row in asked))

    def _say_right_missing(self, row):
        """Why what was shown last does not do; it may be none.

        :param row: authorisation, as superuser
        """
        if not row:
            return self.env._(
                "We have not seen what gives the right to it: for example a power of "
                "attorney, or the decision that names a guardian."
            )
        if row.state == "expired":
            day = format_date(self.env, row.valid_until, date_format="long")
            return self.env._("What we have seen was valid until %(day)s.", day=day)
        if row.state == "planned":
            day = format_date(self.env, row.valid_from, date_format="long")
            return self.env._("What we have seen is valid from %(day)s.", day=day)
        if row.state == "ended":
            return self.env._("What we had seen has ended.")
        return self.env._(
            "What we have seen gives no right to read what we write about the person."
        )

    def _limits_on_page(self):
        """How contact is kept for now, and whether an objection is looked at."""
        limits = self._public_limits()
        kinds = dict(limits._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": limit.id,
                "kind": kinds[limit.kind],
                "how": limit.how,
                "until": limit.until,
                "objected_on": not limit.reviewed_on and limit.objected_on,
            }
            for limit in limits
        ]

    def _public_one(self, minutes):
        """One version of minutes, as it was frozen, with what was signed under it."""
        is_changing = minutes._is_being_changed()
        may_sign = not is_changing and not minutes.is_signed_by_complainant
        return {
            **minutes._document_values(),
            "id": minutes.meeting_id.id,
            "files": minutes.document_ids.filtered(lambda o: o.kind != "scan").ids[:1],
            "asks_name": minutes.case_id.anonymity == "open",
            "is_changing": is_changing,
            "may_sign": may_sign and minutes.state in ("frozen", "refused"),
            "is_signed_by_us": minutes.is_signed_by_us,
            "is_signed_by_you": minutes.is_signed_by_complainant,
        }
