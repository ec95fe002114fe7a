from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestPublicName(PortalCase):
    """The pages name the organisation as it is called now."""

    def _heading(self):
        return self.url_open(self.url).text

    def test_renamed_organisation_has_its_new_name_at_once(self):
        self.assertIn(self.company.name, self._heading())
        self.company.name = "The Renamed Workshop"
        self.assertIn("The Renamed Workshop", self._heading())
        # In Odoo the name of a company is that of its partner.
        self.company.partner_id.name = "The Workshop of Another Name"
        page = self._heading()
        self.assertIn("The Workshop of Another Name", page)
        self.assertNotIn("The Renamed Workshop", page)
