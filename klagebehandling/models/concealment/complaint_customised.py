from odoo import api, models
from odoo.exceptions import ValidationError

OURS = "complaint."


class ComplaintCustomised(models.AbstractModel):
    """What an administrator builds without code: fields, defaults, actions.

    Adds the question whether it would read or set what may be hidden, and the refusal.
    Inherited by Odoo's models of such things. May not ask who builds it: what is built
    works for everybody.
    """

    _name = "complaint.customised"
    _description = "Built without code"

    @api.model
    def _is_ours(self, model):
        return bool(model) and model.startswith(OURS)

    @api.model
    def _is_concealed(self, model):
        classes = self.env.registry.models
        concealed, known = classes.get("complaint.concealed"), classes.get(model)
        return bool(known and concealed) and issubclass(known, concealed)

    @api.model
    def _may_be_hidden(self, model):
        """Whether a model is ours, or one whose rows may be hidden from a person."""
        return self._is_ours(model) or self._is_concealed(model)

    @api.model
    def _refuse_customised(self, model):
        self._note_refused(model)
        raise ValidationError(
            self.env._(
                "This would read or set what is hidden from some people, for "
                "everybody. Fields of your own that hold a plain value are possible; "
                "anything more is made by an addon."
            )
        )

    @api.model
    def _note_refused(self, model):
        """Hook: somebody tried to build something upon a model of ours."""
