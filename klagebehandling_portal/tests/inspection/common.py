from freezegun import freeze_time
from lxml import html

from odoo.tests import HttpCase

from odoo.addons.klagebehandling.tests.inspection.common import TODAY, InspectionCase

DESK = "/my/inspection"
PASSWORD = "inspector of complaints"


class InspectorCase(InspectionCase, HttpCase):
    """An inspector with a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.case = cls._register(description="Cold porridge.")
            cls.inspection = cls._open()
        cls.user = cls.inspection.sudo().user_id
        cls.user.password = PASSWORD

    def _sign_in(self):
        """Through the page, as a person does: where it leads to."""
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/login").content)
        (form,) = page.xpath("//form[.//input[@name='password']]")
        typed = {"login": self.user.login, "password": PASSWORD}
        return self.url_open("/web/login", data={**dict(form.form_values()), **typed})
