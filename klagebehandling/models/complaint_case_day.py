from collections import defaultdict

from odoo import models
from odoo.exceptions import MissingError


class ComplaintCase(models.Model):
    """What happens in an anonymous case has a day and no hour (M11)."""

    _inherit = "complaint.case"

    def _moment(self, moment):
        """An instant as the case may keep it."""
        return self.policy_id._moment(moment, self.anonymity)

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
