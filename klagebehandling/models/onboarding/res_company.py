from urllib.parse import urlsplit

from odoo import fields, models

from ...sealing import keyring

# Addresses of the server itself, which nobody else reaches.
LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104


class ResCompany(models.Model):
    """Says what of the setting up is done, by looking at the facts.

    Only that the key is backed up cannot be seen from here: somebody says so.
    """

    _inherit = "res.company"

    def _complaint_setup(self):
        """What is done, in the order of the page (hook).

        :return: dict from the name of a step to whether it is done
        """
        self.ensure_one()
        settings = self.env["res.config.settings"]
        unit = self._complaint_top()
        return {
            "has_owner": bool(self._complaint_owners()),
            "has_procedure": bool(unit),
            "has_second_person": self._has_second_person(unit),
            "has_everybody_signed_in": self._has_everybody_signed_in(unit),
            "has_alias": bool(unit.alias_email),
            "has_mail_server": self._has_sender(),
            "has_key_backup": self._key_backup().get("ring") == keyring.ring_mark(),
            "has_holidays": self._has_complaint_holidays(unit),
            "has_quiet_log": not settings._loud_complaint_settings(),
            "has_address": self._has_public_address(),
        }

    def _has_sender(self):
        """A server for outgoing mail, and an address to write from."""
        settings = self.env["res.config.settings"]
        return bool(self.email) and settings._has_complaint_mail_server()

    def _complaint_top(self):
        """The topmost unit with a procedure in force, as superuser; or none."""
        units = self.env["complaint.unit"].sudo()
        domain = [("company_id", "=", self.id), ("policy_id.state", "=", "in_force")]
        return units.search(domain, order="parent_path", limit=1)

    def _complaint_people(self, unit):
        """Who answers, and who receives what the line may not see."""
        policy = unit.policy_id
        return unit.manager_id | policy.independent_id | policy.fallback_id

    def _has_second_person(self, unit):
        """Somebody in the line answers, and somebody outside it can receive."""
        nobody, outside = self.env["res.users"], unit.policy_id.independent_id
        return bool(
            unit._can_handle(unit.manager_id, nobody)
            and unit._can_handle(outside, nobody)
            and outside not in unit.line_manager_ids
        )

    def _has_everybody_signed_in(self, unit):
        people = self._complaint_people(unit)
        return bool(people) and all(person.login_date for person in people)

    def _has_complaint_holidays(self, unit):
        """The days off of today's year are known: from the country, or by hand."""
        calendar, today = unit.policy_id.calendar_id, fields.Date.today()
        if calendar.holiday_country_id:
            return bool(calendar.holidays_until and calendar.holidays_until >= today)
        by_hand = calendar.global_leave_ids.mapped("date_to")
        return any(last.date() >= today for last in by_hand)

    def _has_public_address(self):
        address = urlsplit(self.get_base_url())
        return address.scheme == "https" and address.hostname not in LOCAL

    def _key_backup(self):
        """Who said so last: ``ring``, ``name`` and ``day``; nothing if nobody did."""
        entry = (
            self.env["complaint.company.journal"]
            .sudo()
            .search(
                [("company_id", "=", self.id), ("event", "=", "key_backed_up")],
                order="sequence desc",
                limit=1,
            )
        )
        if not entry:
            return {}
        return {
            "ring": (entry.payload or {}).get("ring"),
            "name": entry.user_id.name,
            "day": fields.Date.context_today(self, entry.logged_on),
        }

    def _note_key_backup(self):
        """Enter that the user says the key ring of today is backed up."""
        self.env["complaint.journal"]._log_company(
            self, "key_backed_up", ring=keyring.ring_mark()
        )
