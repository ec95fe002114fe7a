import re
from typing import NamedTuple

from odoo import api, models
from odoo.models import BaseModel

from ... import mail_gate
from ...addresses import mail_address
from ...sealing import keyring, receipt_code
from . import answer_token
from .complaint_mail_reply import CLOSED, KEPT, UNKNOWN

# Whose words count as the complainant's.
OWN_WORDS = {"complainant", "representative", "service_user"}
# Programs and lists that nobody reads at the other end.
NOBODY = re.compile(
    r"(mailer|mail)[-_.]?daemon|postmaster|(no|do[-_.]?not)[-_.]?reply.*|bounces?([+_-].*)?"
    r"|(owner|listserv|majordomo)([-_.].*)?|.*-(owner|request|bounces?)",
    re.I,
)
# One mail does not write to more cases.
MOST = 10


class Answered(NamedTuple):
    """What a mail answers in one organisation."""

    # complaint.case: those that it names and that are there.
    cases: BaseModel
    # Of our letters, the one that it names first; empty without one.
    letter: BaseModel
    # Whether it names anything that looks like ours, be it there or not.
    is_named: bool


class ComplaintMailbox(models.AbstractModel):
    """Answers: which case they come to, what they are there, and who is told so.

    What names a case grants nothing. Who wrote is told by the address alone; whoever is
    not known in the case gets the reply that everybody gets, case or no case.
    """

    _inherit = "complaint.mailbox"

    @api.model
    def _answered(self, incoming, company):
        """Return what a mail answers: by the ids or tokens of our letters, or by a
        reference in the subject.

        Of somebody who is not known there, a reference counts only as it is shown and
        where the subject says that it answers something: it may be a complaint about
        how that case was handled.
        """
        mail, letters = incoming.mail, self.env["complaint.correspondence"]
        tokens = answer_token.find(f"{mail.subject}\n{mail.text}", mail.receivers)
        letters = letters._find_answered(mail.answers, tokens, company)
        found = letters.sorted(
            lambda one: (one.message_id not in mail.answers, -one.id)
        )
        references, shown = self._references(incoming)
        named = self.env["complaint.case"].search(
            [("reference", "in", references), ("company_id", "in", company.ids)]
        )
        named = named.filtered(
            lambda case: case.reference in shown or self._is_known(case, mail)
        )
        ours = [one for one in mail.answers if letters._looks_ours(one)]
        return Answered(
            cases=(found.case_id | named)[:MOST],
            letter=found[:1],
            is_named=bool(ours or tokens or shown or found or named),
        )

    @api.model
    def _answered_units(self, mail):
        """Of an answer at another address than a unit's: where what it answers is.

        :return: units, or no address where it answers nothing
        """
        letters = self.env["complaint.correspondence"]._find_answered(mail.answers, [])
        return letters.case_id.unit_id or self.env["mail.alias"]

    @api.model
    def _references(self, incoming):
        """What may be references in the subject, and those that anybody may name."""
        subject = incoming.mail.subject
        references = receipt_code.find_references(subject)
        if not incoming.is_answer():
            return references, []
        return references, receipt_code.find_references(subject, is_certain=True)

    @api.model
    def _is_known(self, case, mail):
        """Whether the sender's address is that of who complains in a case.

        Not of who is complained about, nor of anybody behind the wall.
        """
        address = mail_address(mail.address)
        people = case.party_ids.filtered(lambda one: one.role in OWN_WORDS)
        known = {mail_address(person.email or "") for person in people}
        walled = set(case.walled_user_ids.mapped("email_normalized"))
        return bool(address) and address in known - walled

    @api.model
    def _take_answer(self, case, incoming):
        """Keep an answer as an incoming letter, and tell who works on the case.

        From an address that nobody in the case has, it is not what the complainant
        says; to whom that address belongs, the sealed original tells.

        :return: the letter; empty where it came in before
        """
        mail, letters = incoming.mail, self.env["complaint.correspondence"]
        is_known = self._is_known(case, mail)
        mail_hash = self._hash_answer(case, incoming)
        same = [("case_id", "=", case.id), ("mail_hash", "=", mail_hash)]
        if mail_hash and letters.search_count(same, limit=1):
            return letters.browse()
        letter = letters._receive(
            case,
            incoming.text() or mail.subject,
            incoming.files,
            is_from_elsewhere=not is_known,
        )
        letter.mail_hash = mail_hash
        if incoming.raw:
            self._keep_raw(case, self._raw_for(case, incoming), letter)
        if not mail.is_automatic:
            self._tell_answered(case, "mail" if is_known else "mail_elsewhere")
        return letter

    @api.model
    def _hash_answer(self, case, incoming):
        """What names a mail among those that came in to a case; False without an id."""
        if not (incoming.raw or incoming.mail.message_id):
            return False
        return keyring.keyed_hash("answer", f"{case.id} {incoming.digest()}")

    @api.model
    def _raw_for(self, case, incoming):
        """The mail as it may be kept: in an anonymous case, without who wrote it."""
        if case.anonymity != "anonymous" or not incoming.mail.sender:
            return incoming.raw
        key = keyring.keyed_hash("mail", incoming.digest())
        return mail_gate.cut_down(incoming.raw, [], f"<{key[:40]}@nameless>")

    @api.model
    def _tell_answered(self, case, what):
        """Tell who works on the case; where it is over, also on what was split off."""
        case._tell_handler(what)
        if case._has_ended():
            parts = case.search([("parent_id", "=", case.id)])
            for part in parts.filtered(lambda one: not one._has_ended()):
                part._tell_handler("mail_whole")

    # Replies

    @api.model
    def _reply(self, incoming, places, answered):
        """Tell who wrote an answer what becomes of it, in the words for everybody.

        Only an address that is known in the case is told more.
        """
        mail = incoming.mail
        address = mail_address(mail.address)
        if not self._may_reply(mail, address):
            return
        unit = places[0][0]
        company = unit.company_id or self.env.company
        what, end, lang = UNKNOWN, "", False
        known = answered.cases.filtered(lambda case: self._is_known(case, mail))
        if known:
            is_over = all(case._has_ended() for case in known)
            what, lang = CLOSED if is_over else KEPT, known[0].lang
            letter = answered.letter
            if not is_over and letter.case_id in known and letter._answer_address():
                end = answer_token.show(letter.answer_token)
        lang = unit.effective_policy_id._spoken(lang)
        self.env["complaint.mail.reply"]._answer(address, what, company, lang, end)

    @api.model
    def _may_reply(self, mail, address):
        """Whether a person reads what we answer: no program, no list, not ourselves."""
        if not address or mail.is_automatic or mail.is_list:
            return False
        return not (
            NOBODY.fullmatch(address.partition("@")[0]) or self._is_own(address)
        )

    @api.model
    def _is_own(self, address):
        """Whether an address is one at which this Odoo gets or sends mail."""
        plain = re.sub(r"\+[^@]*@", "@", address)
        aliases, companies = self.env["mail.alias"], self.env["res.company"]
        domains = self.env["mail.alias.domain"].search(
            [("name", "=ilike", address.rpartition("@")[2])], limit=1
        )
        names = ("bounce_email", "catchall_email", "default_from_email")
        return bool(
            plain in [domains[name] for name in names]
            or aliases.search_count([("alias_full_name", "=", plain)], limit=1)
            or companies.search_count(
                [("partner_id.email_normalized", "=", plain)], limit=1
            )
        )
