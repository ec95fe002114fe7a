from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...roles import CUSTODIAN, READERS
from ..case.complaint_case_colleagues import TASKS
from .complaint_identity_request_acts import TEXT_LIMIT


class ComplaintCase(models.Model):
    """Adds who is protected in a case, and the request to see such an identity.

    Staff see pseudonyms, the custodian the identities; whoever works the case asks.
    """

    _inherit = "complaint.case"

    pseudonym_ids = fields.One2many(
        "complaint.pseudonym", "case_id", string="Protected persons", groups=READERS
    )
    identity_request_ids = fields.One2many(
        "complaint.identity.request", "case_id", string="Requests to see an identity"
    )
    protected_party_ids = fields.One2many(
        "complaint.party",
        "case_id",
        domain=[("is_protected", "=", True)],
        string="Protected identities",
        groups=CUSTODIAN,
    )
    party_ids = fields.One2many("complaint.party", "case_id", string="Parties")

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        found = super()._search_display_name(operator, value)
        if operator != "ilike" or not value or not isinstance(value, str):
            return found
        # Each looks into an index of its own; an "or" would look at all cases.
        found = [self.sudo()._search(found).subselect(), *self._search_person(value)]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), SQL(" UNION ").join(found)
            )
        )

    @api.model
    def _search_person(self, text):
        """The cases of a person whose name the user may read (see docs/intake.md).

        :return: a list of subqueries, empty where the user may read none
        """
        Party = self.env["complaint.party"]
        if self.env.uid != SUPERUSER_ID:
            # The web client searches behind many2ones as superuser: ask the person.
            Party = Party.sudo(False)
        if not Party.has_access("read"):
            return []
        persons = Party._search(Party._found_by(text))
        return [persons.subselect(SQL.identifier(persons.table, "case_id"))]

    def write(self, vals):
        result = super().write(vals)
        if "handler_id" in vals:
            self._bar_parties()
        return result

    def _bar_parties(self):
        """Have the persons of these cases read nothing, but as handler (C-08)."""
        parties = self.env["complaint.party"].sudo()
        linked = [("case_id", "in", self.ids), ("user_id", "!=", False)]
        # Not by party_ids: read as superuser they would stay in the cache.
        parties_by_case = parties.search(linked).grouped("case_id")
        for case in self.sudo():
            users = parties_by_case.get(case, parties).user_id
            barred = users - case.handler_id
            if barred != case.barred_user_ids:
                case.barred_user_ids = barred

    def _writable(self):
        # Each person has a guard of its own.
        return super()._writable() | {"party_ids"}

    def action_request_identity(self, ground=None, party_id=None):
        """Ask the custodian to see who a protected person is.

        :param ground: what it is needed for, required; only the custodian reads it
        :param party_id: which protected person; the complainant without it
        :return: id of the request
        :raises AccessError: for who does not work the case
        :raises UserError: where nobody is protected, or the user has asked already
        """
        if len(self) != 1:
            raise ValidationError(self.env._("Ask in one case at a time."))
        self._check_works()
        self._check_ground(ground)
        party_sudo = self._find_protected(party_id)
        self._check_askable(party_sudo)
        request_sudo = (
            self.env["complaint.identity.request"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "party_id": party_sudo.id,
                    "asker_id": self.env.uid,
                    "ground": ground.strip(),
                }
            )
        )
        self._log("identity_requested", request=request_sudo.id, party=party_sudo.id)
        return request_sudo.id

    def _check_works(self):
        self.check_access("read")
        if not self.env.user.has_groups(READERS):
            raise AccessError(
                self.env._("Only who works the case asks to see an identity.")
            )

    def _check_ground(self, ground):
        if not isinstance(ground, str) or not ground.strip():
            raise ValidationError(self.env._("Write what the identity is needed for."))
        if len(ground) > TEXT_LIMIT:
            raise ValidationError(self.env._("This is too long. Write it shorter."))

    def _find_protected(self, party_id):
        """The protected person asked for; the complainant where none is named."""
        protected = self.sudo().party_ids.filtered("is_protected")
        if party_id is None:
            protected = protected.sorted(lambda party: party.role != "complainant")
        else:
            protected = protected.filtered(lambda party: party.id == party_id)
        if not protected:
            raise ValidationError(
                self.env._("There is no such protected person in this case.")
            )
        return protected[:1]

    def _check_askable(self, party_sudo):
        if party_sudo.sudo(False).has_access("read"):
            raise UserError(self.env._("You may see this identity already."))
        requests_sudo = self.env["complaint.identity.request"].sudo()
        waiting = requests_sudo.search_count(
            [
                ("party_id", "=", party_sudo.id),
                ("asker_id", "=", self.env.uid),
                ("state", "=", "requested"),
            ]
        )
        if waiting:
            raise UserError(
                self.env._("You have asked already. Wait for the custodian's answer.")
            )
        if not self._find_custodians() - self.env.user:
            raise UserError(
                self.env._(
                    "Nobody can answer: there is no custodian for this case. Ask an "
                    "administrator to name one."
                )
            )

    def _find_custodians(self):
        """Who may answer: custodians of the company, outside the wall."""
        case_sudo = self.sudo()
        custodians = self.env.ref(CUSTODIAN).sudo().all_user_ids
        return (
            custodians.filtered_domain(
                [("active", "=", True), ("company_ids", "in", case_sudo.company_id.ids)]
            )
            - case_sudo.walled_user_ids
        )

    def _finish_identity_tasks(self, user):
        """Drop the task of who has seen the answer."""
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("user_id", "=", user.id),
                ("activity_type_id", "=", self.env.ref(TASKS % "identity").id),
            ]
        ).unlink()
