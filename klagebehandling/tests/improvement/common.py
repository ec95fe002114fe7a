from datetime import datetime

from freezegun import freeze_time

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


class PatternCase(ComplaintCase):
    """Two grounds, and complaints of the months before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.food, cls.noise = (
            cls.env["complaint.category"].create(
                {"name": name, "code": f"pattern_{name}", "company_id": cls.company.id}
            )
            for name in ("food", "noise")
        )
        cls.finder = cls.env["complaint.pattern"]

    @classmethod
    def _plant(cls, month, ground=None, **values):
        """A complaint of a month of the year before, in the middle of it."""
        year = 2025 if month > 11 else 2026
        moment = datetime(year, month, 15, 12)
        with freeze_time(moment):
            return cls._register(
                received_at=moment.isoformat(),
                categories=[(ground or cls.food).code],
                **values,
            )

    def _find(self):
        self.finder._find_in(self.company)
        self.env.flush_all()
        self.env.invalidate_all()
        return self.finder.search([("company_id", "=", self.company.id)])
