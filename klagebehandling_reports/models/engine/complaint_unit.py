from odoo import models
from odoo.tools.image import image_data_uri


class ComplaintUnit(models.Model):
    """How a unit shows itself on paper."""

    _inherit = "complaint.unit"

    def _letterhead(self, company=None):
        """Who writes, and how to reach them: the unit, else the nearest above.

        What stands on every sheet that leaves the house is no secret.
        Read as the superuser.

        :param company: the organisation; the unit's own where it is not given
        :return: dict of ``company``, ``unit``, ``logo`` (a data URI or false),
            ``address`` (lines), ``phone``, ``email`` and ``reach`` (all of these three)
        """
        unit_sudo = self.sudo()
        company_sudo = (company or unit_sudo.company_id).sudo()
        holders = [*unit_sudo._line(), company_sudo]
        has_logo = company_sudo.logo and not company_sudo.uses_default_logo
        place = next((holder for holder in holders if holder.street), company_sudo)
        town = " ".join(part for part in (place.zip, place.city) if part)
        address = [line for line in (place.street, town) if line]
        phone = next((one.phone for one in holders if one.phone), False)
        email = next((one.email for one in holders if one.email), False)
        return {
            "company": company_sudo.name,
            "unit": unit_sudo.name,
            "logo": image_data_uri(company_sudo.logo) if has_logo else False,
            "address": address,
            "phone": phone,
            "email": email,
            "reach": " · ".join(filter(None, (", ".join(address), phone, email))),
        }
