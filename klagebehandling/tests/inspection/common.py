from freezegun import freeze_time

from ..common import ComplaintCase

TODAY = "2026-11-02 09:00:00"
UNTIL = "2026-11-12 15:00:00"
AFTER = "2026-11-12 15:00:01"


@freeze_time(TODAY)
class InspectionCase(ComplaintCase):
    """An authority is let in to the cases of a year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user("administrator")
        cls.administrator.group_ids |= cls.env.ref("base.group_erp_manager")
        cls.administrator.group_ids |= cls.env.ref("klagebehandling.group_procedure")
        cls.lines = cls.env["complaint.inspection.line"]

    @classmethod
    def _prepare(cls, **values):
        return (
            cls.env["complaint.inspection"]
            .with_user(cls.owner)
            .with_company(cls.company)
            .create(
                {
                    "authority": "IVO",
                    "ground": "Supervision",
                    "inspector": "Inga Spector",
                    "login": "inga@ivo.example",
                    "received_from": "2026-01-01",
                    "received_until": "2026-12-31",
                    "valid_until": UNTIL,
                    **values,
                }
            )
        )

    @classmethod
    def _open(cls, **values):
        inspection = cls._prepare(**values)
        inspection.with_user(cls.administrator).action_open()
        return inspection

    def _seen(self, inspection):
        """The lines that the inspector sees now."""
        return self.lines.with_user(inspection.sudo().user_id).search([])

    def _cases(self, lines):
        return lines.sudo().case_id
