from odoo import api, fields, models
from odoo.tools.misc import clean_context


class ComplaintCaseDialog(models.AbstractModel):
    """What a person fills in before an act in a case, or on something of a case.

    Adds the case, and both ends of every act: ``_begin`` asks for the rights and gives
    what to act on, ``_finish`` says where the user comes out. Between them the dialog
    calls one action of the model it opens on. Where that is refused, the dialog stays
    open with all that was typed: the web client saves it before it calls.

    A dialog is taken away from who loses the right while it is open: the wall of the
    case calls ``_lost``. Every dialog that names a case inherits this, else it is kept.
    """

    _name = "complaint.case.dialog"
    _inherit = ["complaint.dialog"]
    _description = "Dialog on a case"
    # The field with what it opens on, and the right that the act needs there. A dialog
    # on a letter, say, names the letter, and relates ``case_id`` to the letter's.
    _opens_on = "case_id"
    _needs = "write"

    case_id = fields.Many2one(
        "complaint.case", required=True, readonly=True, ondelete="cascade"
    )

    def _begin(self):
        """What the dialog opens on, for the act: called first by its actions.

        The defaults that opened the dialog are not in its context any more: they would
        be those of whatever the act creates.

        :raises AccessError: where it is another's dialog, or not for the user to act
        """
        self.ensure_one()
        self.check_access("write")
        env = self.env(context=clean_context(self.env.context))
        opened = self[self._opens_on].with_env(env)
        opened.check_access(self._needs)
        return opened

    def _finish(self, opened):
        """The action after the act: back to where the dialog was opened.

        For who does not see that any more, which can be the purpose, to the cases.

        :param opened: what ``_begin`` gave; the dialog itself may be gone by now
        """
        if opened.exists():
            return {"type": "ir.actions.act_window_close"}
        action = opened.env["ir.actions.act_window"]._for_xml_id(
            "klagebehandling.complaint_case_action"
        )
        return dict(action, target="main")

    def _lost(self):
        """Those whose user may not do any more what they were opened for."""
        return self.filtered(
            lambda dialog: (
                not dialog[dialog._opens_on]
                .with_user(dialog.create_uid)
                .has_access(dialog._needs)
            )
        )

    @api.model
    def _close_on(self, cases):
        """Drop what anybody is filling in about some cases: it may hold what goes."""
        registry = self.env.registry
        for name in registry.descendants([self._name], "_inherit"):
            if not registry[name]._abstract:
                dialogs = self.env[name].sudo()
                dialogs.search([("case_id", "in", cases.ids)]).unlink()
