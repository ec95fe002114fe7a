from odoo import models


class ComplaintPolicyChannel(models.Model):
    _inherit = "complaint.policy.channel"

    def _address(self):
        """The short address as it is said and where it leads; empty without (E-47).

        The organisation's own web server sends it on to the form.
        """
        said = (self.short_url or "").strip()
        if not said:
            return {}
        is_whole = said.startswith(("https://", "http://"))
        return {"said": said, "url": said if is_whole else f"https://{said}"}
