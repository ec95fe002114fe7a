from odoo import fields, models


class ComplaintCase(models.Model):
    """The part of the journal that the complainant may see (C-15, M19)."""

    _inherit = "complaint.case"

    def _timeline(self):
        """What has happened, in the language of the context, first things first.

        Only what was done towards the complainant: never who did it, who else is in
        the case, who may not see it, how it is routed, or that a date drew near.

        :return: list of dicts with a local ``day`` and a ``text``
        """
        self.ensure_one()
        case_sudo = self.sudo()
        sentences, letters = self._timeline_sentences(), self._timeline_letters()
        steps = []
        for entry in case_sudo.journal_ids.sorted("sequence"):
            payload = entry.payload if isinstance(entry.payload, dict) else {}
            text = sentences.get(entry.event)
            if entry.event == "correspondence_sent":
                text = letters.get(payload.get("purpose"))
            if text:
                step = {"day": self._timeline_day(entry, payload), "text": text}
                if step not in steps:
                    steps.append(step)
        return steps

    def _timeline_day(self, entry, payload):
        if entry.event == "registered" and payload.get("received_on"):
            return fields.Date.to_date(payload["received_on"])
        return entry._local_day()

    def _timeline_sentences(self):
        return {
            "registered": self.env._("We received it."),
            "acknowledged": self.env._("We confirmed that we have it."),
            "investigating": self.env._("We began to look into what happened."),
            "answered": self.env._("We answered you."),
            "closed": self.env._("The case was closed."),
            "redirected": self.env._("We explained where it belongs."),
            "withdrawn": self.env._("It was taken back, and the case ended."),
            "reopened": self.env._("We took the case up again."),
            "message_received": self.env._("You wrote to us."),
        }

    def _timeline_letters(self):
        return {
            "receipt": self.env._("You got an automatic receipt."),
            "delay": self.env._("We told you a new date."),
            "update": self.env._("We told you how far we have come."),
            "terms": self.env._("We told you that the time limits changed."),
            "message": self.env._("We wrote to you."),
        }
