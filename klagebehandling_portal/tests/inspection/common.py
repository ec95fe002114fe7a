from freezegun import freeze_time

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
        self.authenticate(self.user.login, PASSWORD)
