from odoo import api, fields, models
from odoo.fields import Domain

from . import answer_token

# Set where the organisation's mail server delivers addresses with a plus.
PLUS = "klagebehandling.is_plus_delivered"
LONGEST_LOCAL_PART = 64


class ComplaintCorrespondence(models.Model):
    """Lets a notice be answered: with a token of its own, to an address of a unit.

    Notices to who is protected are as they were: nothing of the case stands in them.
    """

    _inherit = "complaint.correspondence"

    answer_token = fields.Char(
        groups=fields.NO_ACCESS, copy=False, index="btree_not_null"
    )
    # Of a mail that came in: delivered or fetched again it is the same letter.
    mail_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)

    _mail_hash_unique = models.UniqueIndex(
        "(case_id, mail_hash) WHERE mail_hash IS NOT NULL"
    )

    def _prepare_create_values(self, vals_list):
        prepared = super()._prepare_create_values(vals_list)
        for vals in prepared:
            if vals.get("direction") != "in":
                vals["answer_token"] = answer_token.make()
        return prepared

    @api.model
    def _cron_send(self):
        """Send the answers to mails too, after the letters."""
        super()._cron_send()
        self.env["complaint.mail.reply"]._cron_send()

    def _answer_address(self):
        """Where an answer to a notice goes: the topmost unit's address.

        A unit further down would tell in a mailbox what the case is about.

        :return: an address, empty where the notice cannot be answered
        """
        case_sudo, recipient_sudo = self.case_id.sudo(), self._recipient_sudo()
        is_open = case_sudo.anonymity == "open" and not recipient_sudo.is_protected
        if not (is_open and recipient_sudo and self.sudo().answer_token):
            return ""
        units, unit = [], case_sudo.unit_id
        while unit:
            units.insert(0, unit)
            unit = unit.parent_id
        for unit in units:
            alias = unit.alias_id
            is_usable = unit.active and alias.alias_name and alias.alias_domain_id
            if is_usable and not alias._is_nameless():
                return alias.alias_full_name
        return ""

    def _reply_to(self):
        address = self._answer_address()
        parameters = self.env["ir.config_parameter"].sudo()
        if address and parameters.get_param(PLUS) == "True":
            extended = answer_token.extend(address, self.sudo().answer_token)
            if len(extended.rpartition("@")[0]) <= LONGEST_LOCAL_PART:
                return extended
        return address or super()._reply_to()

    def _notice_subject(self):
        subject = super()._notice_subject()
        if self._answer_address():
            return f"{subject} {answer_token.show(self.sudo().answer_token)}"
        return subject

    def _notice_body(self):
        if not self._answer_address():
            return super()._notice_body()
        return self.env._(
            "There is news in your case with %(organisation)s. Open %(url)s and enter "
            "the code you got when you wrote to us. You can answer this message: what "
            "you write is put into your case.\n\n%(token)s",
            organisation=self.company_id.name,
            url=f"{self.get_base_url()}/klage/status",
            token=answer_token.show(self.sudo().answer_token),
        )

    @api.model
    def _find_answered(self, ids, tokens, company=None):
        """The letters that an answer names.

        :param ids: Message-Ids
        :param tokens: as of ``answer_token.find``
        :param company: the organisation that it was sent to; any, where it is not given
        """
        if not ids and not tokens:
            return self.browse()
        domain = Domain("direction", "=", "out")
        if company is not None:
            domain &= Domain("company_id", "in", company.ids)
        is_named = Domain("message_id", "in", ids) | Domain(
            "answer_token", "in", tokens
        )
        return self.sudo().search(domain & is_named)

    @api.model
    def _looks_ours(self, message_id):
        """Whether a Message-Id is one that we could have made."""
        host = self.get_base_url().partition("://")[2].partition(":")[0]
        return message_id.endswith(f".complaint@{host or 'localhost'}>")
