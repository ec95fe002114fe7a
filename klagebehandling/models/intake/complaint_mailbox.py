import logging

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ...addresses import mail_address
from ...mail_reader import apart
from ...mail_reader.reports import DELIVERED, FAILED
from ...sealing import receipt_code
from .incoming_mail import IncomingMail

_logger = logging.getLogger(__name__)


class ComplaintMailbox(models.AbstractModel):
    """What is done with a mail to our addresses.

    It is one of four: what a server reports about a letter of ours, an answer to a
    case, the work of a program, which is no complaint, or a complaint. None is lost:
    what cannot be read is a complaint too, and whoever receives it decides.
    """

    _name = "complaint.mailbox"
    _description = "Mail to the addresses of units"

    @api.model
    def _take(self, raw, aliases):
        """Take one mail, once for each address that it was sent to.

        :param raw: its bytes; of an anonymous one, what is left of it
        :param aliases: our addresses; without one, of whom Odoo was told to register
        :return: the cases that it made, or came to
        """
        # Odoo acts as the sender, where that is an employee.
        mailbox = self.with_user(self.env.ref("base.public_user")).sudo()
        mail = apart.read(raw)
        if mail is None:
            return mailbox._register_unread(raw, aliases)
        if mail.report:
            return mailbox._take_report(mail)
        incoming = IncomingMail(mailbox.env, mail, raw)
        places = mailbox._places(aliases)
        if case := mailbox._answered(incoming, [unit for unit, _anonymity in places]):
            return mailbox._take_answer(case, incoming)
        if mail.is_automatic:
            _logger.info("A mail that a program wrote is no complaint: it is left")
            return mailbox.env["complaint.case"]
        return mailbox._register_each(incoming, places)

    @api.model
    def _places(self, aliases):
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
                    cases += self._admit(values, unit, incoming.raw)
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

    # Answers and reports

    @api.model
    def _answered(self, incoming, units):
        """Return the case that a mail answers, of the same organisation; or none.

        By the ids of our notices, or by the reference in the subject. Of somebody who
        is not known in the case only what looks like an answer is one: it may be a
        complaint about how that case was handled.
        """
        mail, cases = incoming.mail, self.env["complaint.case"]
        companies = [unit.company_id.id for unit in units if unit]
        if mail.answers:
            letters = self.env["complaint.correspondence"].search(
                [
                    ("message_id", "in", mail.answers),
                    ("company_id", "in", companies),
                ],
                limit=1,
            )
            cases = letters.case_id
        if not cases and (references := receipt_code.find_references(mail.subject)):
            cases = cases.search(
                [("reference", "in", references), ("company_id", "in", companies)],
                limit=1,
            )
            if not (self._is_known(cases, mail) or incoming.is_answer()):
                cases = cases.browse()
        return cases

    @api.model
    def _is_known(self, case, mail):
        """Whether the sender's address is one of a person in the case."""
        address = mail_address(mail.address)
        known = (mail_address(person.email or "") for person in case.party_ids)
        return bool(address) and address in known

    @api.model
    def _take_answer(self, case, incoming):
        """Keep an answer as an incoming letter, and tell who works on the case.

        From an address that nobody in the case has, it is not what the complainant
        says; to whom that address belongs, the sealed original tells.
        """
        mail = incoming.mail
        text = incoming.text() or mail.subject
        is_known = self._is_known(case, mail)
        files = [(file["name"], file["raw"]) for file in incoming.files]
        letter = self.env["complaint.correspondence"]._receive(
            case,
            {"body": plaintext2html(text), "attachments": files},
            is_from_elsewhere=not is_known,
        )
        self._keep_raw(case, incoming.raw, letter)
        if not mail.is_automatic:
            if is_known:
                summary = self.env._("The complainant wrote by e-mail.")
            else:
                summary = self.env._("An e-mail came from another address.")
            case._tell_handler(summary)
        return case

    @api.model
    def _take_report(self, mail):
        """Act on what a server says of our letters; only a final failure is one."""
        letters = self.env["complaint.correspondence"]
        if mail.report.outcome == FAILED:
            letters._bounce(mail.report.ids)
        elif mail.report.outcome == DELIVERED:
            letters._note_delivered(mail.report.ids)
        return self.env["complaint.case"]
