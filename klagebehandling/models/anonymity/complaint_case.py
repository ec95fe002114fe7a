from collections import defaultdict

from odoo import api, models
from odoo.exceptions import MissingError, UserError

from ...channels import BUILT_IN

# How an answer reaches somebody of whom nothing is known: with the code, or in person.
# An addon with such a way of its own declares the constraint anew.
WITHOUT_ADDRESS = ", ".join(
    f"'{medium}'" for medium, way in BUILT_IN.items() if way.reaches_anonymous
)


class ComplaintCase(models.Model):
    """Keeps an anonymous case anonymous (M11): a day for an hour, no way back, no mail.

    Adds the checks that nobody is made anonymous later and that no channel needs an
    address. ``_find_anonymous`` tells ``complaint.day`` which rows are of such a case.
    """

    _inherit = "complaint.case"

    _anonymous_reply_channel = models.Constraint(
        "CHECK (anonymity <> 'anonymous' OR COALESCE(reply_channel, 'portal') "
        f"IN ({WITHOUT_ADDRESS}))",
        "Who is anonymous reads the answer with the receipt code.",
    )

    def _can_join_cases(self):
        return True

    def _case_link(self, row):
        """A new case is known by its values only, an older one by itself."""
        if self:
            return self._name, self.id
        is_anonymous = row.get("anonymity") == "anonymous"
        return ("complaint.policy", row["policy_id"]) if is_anonymous else None

    def _find_anonymous(self, links):
        """The procedures of the anonymous cases that rows belong to.

        :param links: list of ``(model, id)`` or ``None``
        :return: list of procedures, ``None`` where the case is none or not anonymous
        """
        ids_by_model = defaultdict(set)
        for model, id_ in filter(None, links):
            if id_ and self._is_case_model(model):
                ids_by_model[model].add(id_)
        policies = {}
        for model, ids in ids_by_model.items():
            policies |= self._find_policies(model, ids)
        return [policies.get(link) for link in links]

    def _is_case_model(self, model):
        if model in ("complaint.policy", "mail.message", self._name):
            return True
        walled = self.env.registry["complaint.walled"]
        rows = self.env.get(model)
        return isinstance(rows, walled) and rows._hangs_on_case()

    def _find_policies(self, model, ids):
        """The procedures of the anonymous cases among some documents, by link."""
        documents = self.env[model].sudo().browse(ids)
        try:
            found = self._policies_of(documents)
        except MissingError:
            documents = documents.exists()
            found = self._policies_of(documents)
        return {
            (model, document.id): policy
            for document, policy in zip(documents, found, strict=True)
            if policy
        }

    def _policies_of(self, documents):
        """One procedure or ``None`` for each document."""
        if documents._name == "complaint.policy":
            return list(documents)
        if documents._name == "mail.message":
            return self._find_anonymous([(one.model, one.res_id) for one in documents])
        is_case = documents._name == self._name
        cases = [one if is_case else one.case_id for one in documents]
        return [
            case.policy_id if case.anonymity == "anonymous" else None for case in cases
        ]

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for vals in vals_list if operation == "write" else ():
            if vals.get("anonymity") == "anonymous":
                self._check_never_back()
            if vals.get("reply_channel"):
                self._check_reachable(vals["reply_channel"], vals.get("anonymity"))

    def _check_never_back(self):
        if any(case.anonymity != "anonymous" for case in self.sudo()):
            raise UserError(
                self.env._("Who has been known cannot be made anonymous again.")
            )

    def _check_reachable(self, medium, anonymity=None):
        """Refuse a way of writing that needs to know who the person is."""
        is_anonymous = any(
            (anonymity or case.anonymity) == "anonymous" for case in self.sudo()
        )
        way = self.env["complaint.correspondence"]._channel(medium)
        if is_anonymous and not way.reaches_anonymous:
            raise UserError(
                self.env._(
                    "This person is anonymous and reads the answer with the receipt "
                    "code. Choose the status page, or a meeting."
                )
            )

    @api.model
    def _is_outsider(self, recipient):
        return recipient["share"] or not recipient["uid"]

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """The talk of an anonymous case stays in the house, and out of mailboxes."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self or self.sudo().anonymity != "anonymous":
            return recipients
        return [
            dict(recipient, notif="inbox")
            for recipient in recipients
            if not self._is_outsider(recipient)
        ]
