from odoo.fields import Datetime

from odoo.addons.klagebehandling.tests.common import ComplaintCase

NOW = "2026-12-01 09:00:00"


class CountedCase(ComplaintCase):
    """A year that one can count by hand, and one case of the year before.

    ===== ======== ========= ============ ============ ========= ========= =========
    case  unit     kind      grounds      received     ack.      answered  working days
    ===== ======== ========= ============ ============ ========= ========= =========
    one   workshop complaint food         Mon 1 June   Wed 3     Fri 12    2 and 9
    two   workshop complaint food, rules  Mon 1 June   Mon 15 !  Mon 15    10 and 10
    three kitchen  complaint rules        Mon 1 June   Tue 2     Tue 2     1 and 1
    four  kitchen  view      –            Wed 1 July   – !       –         –
    past  workshop complaint food         1 June 2025  – !       –         –
    ===== ======== ========= ============ ============ ========= ========= =========

    Receipt is acknowledged within ten days: ``!`` is late.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        grounds = {"food": ["food"], "rules": ["rules_ethics"]}
        both = grounds["food"] + grounds["rules"]
        june, kitchen = "2026-06-01T10:00", cls.kitchen.id
        cls.one = cls._register(received_at=june, categories=grounds["food"])
        cls.two = cls._register(received_at=june, categories=both, channel="phone")
        cls.three = cls._register(
            received_at=june, categories=grounds["rules"], unit_id=kitchen
        )
        cls.four = cls._register(
            received_at="2026-07-01T10:00", kind="view", unit_id=kitchen
        )
        cls.past = cls._register(
            received_at="2025-06-01T10:00", categories=grounds["food"]
        )
        cls.all = cls.one | cls.two | cls.three | cls.four | cls.past
        for case, acknowledged, answered in (
            (cls.one, "2026-06-03 08:00:00", "2026-06-12 08:00:00"),
            (cls.two, "2026-06-15 08:00:00", "2026-06-15 09:00:00"),
            (cls.three, "2026-06-02 08:00:00", "2026-06-02 09:00:00"),
        ):
            duty = cls._deadline(case, "acknowledge")
            duty._meet(Datetime.to_datetime(acknowledged))
            days = int(answered[8:10]) - 1
            case.write({"answered_at": answered, "days_to_answer": days})
        cls.env.flush_all()

    @classmethod
    def _hide_from(cls, user):
        """A case about somebody, who must never notice it."""
        about = [{"role": "subject", "name": "L", "user_id": user.id}]
        case = cls._register(received_at="2026-06-01T10:00", parties=about)
        cls.env.flush_all()
        return case
