import logging

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...mail_reader import apart
from ...mail_reader.reports import DELIVERED, FAILED
from .incoming_mail import IncomingMail

_logger = logging.getLogger(__name__)
CASE = "complaint.case"


class ComplaintMailbox(models.AbstractModel):
    """What is done with a mail to our addresses.

    It is one of four: what a server reports about a letter of ours, an answer to a
    case, the work of a program, which is no complaint, or a complaint. None is lost:
    what cannot be read is a complaint too, and whoever receives it decides.
    """

    _name = "complaint.mailbox"
    _description = "Mail to the addresses of units"

    @api.model
    def _take(self, raw, aliases, is_unread=False):
        """Take one mail, once for each address that it was sent to.

        :param raw: its bytes; of an anonymous one, what is left of it
        :param aliases: our addresses; without one, of whom Odoo was told to register
        :param is_unread: do not read it again, that has failed too often
        :return: the cases that it made, or came to
        """
        # Odoo acts as the sender, where that is an employee.
        mailbox = self.with_user(self.env.ref("base.public_user")).sudo()
        mail = None if is_unread else apart.read(raw)
        if mail is None:
            return mailbox._register_unread(raw, aliases)
        if mail.report:
            return mailbox._take_report(mail)
        incoming, cases = IncomingMail(mailbox.env, mail, raw), mailbox.env[CASE]
        addresses = aliases or mailbox._answered_units(mail)
        companies = mailbox._by_company(addresses)
        for company, own in companies.items():
            try:
                with self.env.cr.savepoint():
                    places = mailbox._places(own)
                    cases += mailbox._take_for(company, incoming, places)
            except Exception:
                # What fails in one organisation is no matter of the others.
                if len(companies) == 1:
                    raise
                mailbox.env["complaint.mail.pending"]._keep(raw, own)
        return cases

    @api.model
    def _by_company(self, addresses):
        """The addresses of each organisation, as a dict; one without any is its own."""
        if not addresses:
            return {self._place(addresses)[0].company_id: addresses}
        return addresses.grouped(lambda one: self._places(one)[0][0].company_id)

    @api.model
    def _take_for(self, company, incoming, places):
        """Take what a mail is for one organisation: an answer, a complaint, or none."""
        answered = self._answered(incoming, company)
        if answered.cases:
            new = [case for case in answered.cases if self._take_answer(case, incoming)]
            if new:
                self._reply(incoming, places, answered)
            return answered.cases
        if incoming.mail.is_automatic:
            _logger.info("A mail that a program wrote is no complaint: it is left")
            return answered.cases
        cases = self._register_each(incoming, places)
        if answered.is_named:
            self._reply(incoming, places, answered)
            # More than the reply would tell that there is no such case.
            cases._recall_receipts()
        return cases

    @api.model
    def _places(self, aliases):
        """Where a mail was sent to: each unit, and whether it makes anonymous."""
        if aliases._name == "complaint.unit":
            return [(unit, None) for unit in aliases]
        return [self._place(alias) for alias in aliases] or [self._place(aliases)]

    @api.model
    def _place(self, alias):
        """Return the unit that an address belongs to, and whether it makes anonymous.

        Where a unit was closed down, what is above it takes what still comes.
        """
        defaults = alias._complaint_defaults()
        units = self.env["complaint.unit"]
        unit = units.browse(defaults.get("unit_id") or []).exists()
        if alias and not unit:
            domain = Domain("company_id.alias_domain_id", "=", alias.alias_domain_id.id)
            unit = units.search(domain & Domain("parent_id", "=", False), limit=1)
        while unit and not unit.active and unit.parent_id:
            unit = unit.parent_id
        return unit, defaults.get("anonymity")

    # Complaints

    @api.model
    def _register_each(self, incoming, places):
        cases = self.env["complaint.case"]
        for unit, anonymity in places:
            values = incoming.values(unit, anonymity)
            try:
                with self.env.cr.savepoint():
                    case = self._admit(values, unit, incoming.raw)
                    if case.anonymity != "anonymous" and incoming.is_passed_on():
                        case._ask_complainant()
                    cases += case
            except ValidationError:
                # What the procedure makes of it does not concern who wrote it.
                cases += self._admit_unread(incoming.raw, unit, anonymity)
        return cases

    @api.model
    def _register_unread(self, raw, aliases):
        cases = self.env["complaint.case"]
        for unit, anonymity in self._places(aliases):
            cases += self._admit_unread(raw, unit, anonymity)
        return cases

    @api.model
    def _admit_unread(self, raw, unit, anonymity):
        """Make a case of what could not be read: its clock runs, a person looks at it.

        Nobody knows whom it is about: it goes past the line, as one about the manager.
        """
        title = self.env._("E-mail that could not be read")
        text = self.env._(
            "An e-mail came to this address that this program could not read. It is "
            "kept, sealed, as the file of this case: open it, and enter what it says "
            "and whom it concerns."
        )
        values = {
            "unit_id": unit.id,
            "channel": "email",
            "title": title,
            "description": text,
            "about_manager": True,
            "parties": [{"role": "complainant"}],
            "anonymity": anonymity,
        }
        given = {name: value for name, value in values.items() if value}
        return self._admit(given, unit, raw)

    @api.model
    def _admit(self, values, unit, raw):
        intake = self.env["complaint.intake"].with_company(unit.company_id)
        result = intake.register(values)
        case = self.env["complaint.case"].browse(result["case_id"])
        if self._keep_raw(case, raw):
            case._note_mail()
        return case

    @api.model
    def _keep_raw(self, case, raw, letter=None):
        """Seal the mail as it came beside the other originals.

        :return: whether it was not there already
        """
        Original = self.env["complaint.original"].with_context(active_test=False)
        letter = letter or self.env["complaint.correspondence"]
        file = Original._examine_sealed("mail.eml", raw)
        known = [("case_id", "=", case.id), ("digest", "=", file.digest)]
        if Original.search_count(known, limit=1):
            return False
        case._log("mail_kept", **Original._payload([file]))
        Original._keep([(case, letter, [file])], is_first=False)
        return True

    # Reports

    @api.model
    def _take_report(self, mail):
        """Act on what a server says of our letters; only a final failure is one."""
        letters = self.env["complaint.correspondence"]
        ids = mail.report.ids or mail.answers
        if mail.report.outcome == FAILED:
            letters._bounce(ids)
        elif mail.report.outcome == DELIVERED:
            letters._note_delivered(ids)
        return self.env["complaint.case"]
