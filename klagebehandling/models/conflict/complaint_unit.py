from odoo import models

from ..unit.complaint_unit import LINE


class ComplaintUnit(models.Model):
    """Has walls and handlers follow a line of management that is changed."""

    _inherit = "complaint.unit"

    def write(self, vals):
        """Let the walls grow first: a case is given on to nobody behind them."""
        moved = LINE & vals.keys()
        if not moved and "active" not in vals:
            return super().write(vals)
        led_before = self._led()
        result = super().write(vals)
        Case = self.env["complaint.case"]
        if moved:
            Case.sudo()._renew_walls(self)
        stranded = Case._without_leader(self._left(led_before))
        Case._hand_up(self.sudo().company_id, stranded.handler_id, stranded)
        return result

    def _led(self):
        """By unit that somebody leads, who that is."""
        people = {
            unit: unit.manager_id | unit.deputy_id
            for unit in self.sudo().filtered("active")
        }
        return {unit: leaders for unit, leaders in people.items() if leaders}

    def _left(self, led_before):
        """What nobody leads any more: by unit, who did.

        :param led_before: what :meth:`_led` answered before
        """
        led = self._led()
        return {
            unit: leaders for unit, leaders in led_before.items() if unit not in led
        }
