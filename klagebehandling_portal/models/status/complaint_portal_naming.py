from odoo import api, models, tools

from odoo.addons.klagebehandling.models.intake.refused import IntakeRefused


class ComplaintPortalNaming(models.AbstractModel):
    """The form in which an anonymous person says who it is, below the case."""

    _name = "complaint.portal.naming"
    _inherit = "complaint.portal.sheet"
    _description = "Form for saying who one is"

    @api.model
    @tools.ormcache("self.env.lang")
    def _questions_of_naming(self):
        """The questions in their order, each a dict as for the other form.

        As there, each request shares the answer, and changes nothing in it.
        """
        labels = self._default_labels()
        asked = {
            "anonymity": ("radio", True, self._options_known()),
            "name": ("input", False, []),
            "email": ("input", False, []),
            "phone": ("input", False, []),
        }
        asked["reply_channel"] = ("radio", False, self._offered_replies(asked))
        return {
            name: {
                "name": name,
                "label": labels[name],
                "hint": None,
                "is_required": is_required,
                "control": control,
                "options": options,
            }
            for name, (control, is_required, options) in asked.items()
        }

    @api.model
    def _read_answers(self, form):
        """What was answered: dict from name to text, nothing but our questions."""
        return {
            name: self._clean(form.get(name, ""))
            for name in self._questions_of_naming()
        }

    @api.model
    def _problems_of(self, case_sudo, answers):
        """What must be corrected: dict from name to a message."""
        try:
            case_sudo._read_naming(answers)
        except IntakeRefused as refusal:
            return refusal.problems
        return {}

    @api.model
    def _naming_page(self, answers, problems=None):
        """The questions laid out with answers and errors, and the list of errors."""
        problems = problems or {}
        is_begun = bool(problems) or any(answers.values())
        answers = {**answers, "reply_channel": answers.get("reply_channel") or "portal"}
        shown = [
            self._shown(question, answers, problems)
            for question in self._questions_of_naming().values()
        ]
        return {
            "questions": shown,
            "errors": [one for one in shown if one["error"]],
            "is_begun": is_begun,
        }

    @api.model
    def _summary(self, answers):
        """What will be kept, for the person to look through: labels and texts."""
        summary = []
        for name, question in self._questions_of_naming().items():
            labels = {one["value"]: one["label"] for one in question["options"]}
            if answers.get(name) and name != "anonymity":
                text = labels.get(answers[name], answers[name])
                summary.append({"label": question["label"], "text": text})
        return summary
