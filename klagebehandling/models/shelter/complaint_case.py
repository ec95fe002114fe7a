from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...roles import CUSTODIAN, READERS

LONGEST_REASON = 2000
# The ways that tell an operator whom we write to.
ELECTRONIC = ("email", "sms")


class ComplaintCase(models.Model):
    """Adds the act that protects a person at a level, and what everybody must know."""

    _inherit = "complaint.case"

    protection_note = fields.Char(
        string="Protected personal data",
        compute="_compute_protection_note",
        groups=READERS,
        help="The levels of protection of the persons in this case.",
    )
    is_unaddressed = fields.Boolean(
        string="No address is kept",
        compute="_compute_protection_note",
        groups=READERS,
        help="Of somebody in this case no address may be kept.",
    )

    @api.depends("party_ids.protection_id")
    @api.depends_context("lang")
    def _compute_protection_note(self):
        # Searched for: read as superuser, hidden persons would stay in the cache.
        people = self.env["complaint.party"].sudo()
        people = people.search(
            [("case_id", "in", self.ids), ("protection_id", "!=", False)]
        )
        by_case = people.grouped("case_id")
        for case in self:
            levels = by_case.get(case._origin.sudo(), people.browse()).protection_id
            case.protection_note = ", ".join(levels.mapped("display_name"))
            case.is_unaddressed = any(levels.mapped("is_unaddressed"))

    def write(self, vals):
        result = super().write(vals)
        for name in ("parent_id", "retaliation_of_id"):
            if vals.get(name):
                for case in self.sudo():
                    case._protect_as(case[name])
        return result

    def _protect_as(self, other):
        """Protect the persons of a case as the same ones are in another."""
        levels = {
            (one.role, one.name): one.protection_id
            for one in other.party_ids
            if one.protection_id
        }
        for party in self.party_ids:
            level = levels.get((party.role, party.name))
            before = party.protection_id
            if level and (not before or level.is_unaddressed > before.is_unaddressed):
                self._protect(party, level)

    def action_protect(self, protection_id, reason, party_id=None, places=()):
        """Protect a person of the case at a level, from now on.

        The person is hidden from all but custodians. Where the level keeps no address,
        it goes out of the person's row and of the e-mails as they came, what waits to
        be sent electronically goes as a letter, and open dialogs of the case close.

        :param protection_id: id of a ``complaint.protection``
        :param reason: how that is known; not for auditors
        :param party_id: which person; who complains without it
        :param places: list of ``(model, id)``: texts that the address is taken out of,
            of those that :meth:`_find_whereabouts` finds
        :raises AccessError: for who neither works the case nor keeps its identities,
            and for who would lower a protection and is no custodian
        """
        self.ensure_one()
        self._check_may_protect()
        level = self.env["complaint.protection"].browse(protection_id).exists()
        level.check_access("read")
        if not level:
            raise ValidationError(self.env._("Choose a level of protection."))
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Write how it is known."))
        if len(reason) > LONGEST_REASON:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        party_sudo = self._find_person(party_id)
        before = party_sudo.protection_id
        is_lower = before.is_unaddressed and not level.is_unaddressed
        if is_lower and not self.env.user.has_group(CUSTODIAN):
            raise AccessError(
                self.env._("Only a custodian lowers the protection of a person.")
            )
        self.sudo()._protect(party_sudo, level, reason.strip(), places)
        return True

    def _check_may_protect(self):
        self.check_access("read")
        is_custodian = self.env.user.has_group(CUSTODIAN)
        if not is_custodian and not self.has_access("write"):
            raise AccessError(
                self.env._("Who works the case, or a custodian, protects a person.")
            )

    def _find_person(self, party_id=None):
        """A person of this case as superuser; who complains where none is named."""
        people_sudo = self.env["complaint.party"].sudo()
        here = [("case_id", "=", self.id)]
        if party_id is None:
            found = people_sudo.search([*here, ("role", "=", "complainant")])
        else:
            found = people_sudo.search(here).filtered(lambda one: one.id == party_id)
        if not found:
            raise ValidationError(self.env._("Choose a person of this case."))
        is_nobody = self.anonymity == "anonymous" and not found[0].identity_sealed
        if is_nobody:
            raise UserError(
                self.env._(
                    "Nothing is known of this person: nobody can be found by it."
                )
            )
        return found[0]

    def _find_whereabouts(self, party_id=None):
        """Where the address of a person stands in the texts of this case.

        :return: list of records as superuser, which the user need not be able to read
        """
        self.ensure_one()
        self._check_may_protect()
        known, _lost = self._find_person(party_id)._open_identity()
        masks = self.env["complaint.word.mask"].sudo()
        return masks._find_places(self.sudo(), masks._terms(known))

    def _protect(self, party, level, reason=None, places=()):
        """As superuser; see :meth:`action_protect`."""
        masks = self.env["complaint.word.mask"]
        known, _lost = party._open_identity()
        terms = masks._terms(known)
        wanted = {(name, id_) for name, id_ in places}
        # Nothing is searched where nothing is to be taken out.
        found = masks._find_places(self, terms) if wanted else []
        rows = [row for row in found if (row._name, row.id) in wanted]
        if rows:
            masks._mask(self, rows, terms, reason)
        party.write({"protection_id": level.id, "is_protected": True, "user_id": False})
        if party.role == "complainant" and self.anonymity == "open":
            self.anonymity = "protected"
        facts = {"reason": reason} if reason else {}
        self._log("protection_set", party=party.id, protection=level.name, **facts)
        if level.is_unaddressed:
            self._hide_whereabouts(party, reason)
        # Who is protected here is so in what was split off, and told of it.
        linked = self._with_linked() | self.retaliation_of_id._family()
        for case in linked - self:
            case._protect_as(self)

    def _hide_whereabouts(self, party, reason):
        """Leave nothing of the case by which the person is found."""
        masks = self.env["complaint.word.mask"]
        terms = masks._terms(party._remove_whereabouts())
        masks._erase_entries(self, terms)
        self.env["complaint.case.dialog"]._close_on(self)
        self.env["complaint.original"].with_context(active_test=False).search(
            [("case_id", "=", self.id), ("active", "=", False)]
        )._empty(reason)
        if self.reply_channel in ELECTRONIC:
            self.reply_channel = "letter"
        waiting = self.correspondence_ids.filtered(
            lambda letter: (
                letter.state == "queued"
                and letter.medium in ELECTRONIC
                and letter.recipient_id == party
            )
        )
        waiting._recall(self.env._("Nothing is sent electronically to this person."))
        for letter in waiting:
            letter._send_anew("letter")
