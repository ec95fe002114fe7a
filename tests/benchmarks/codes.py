"""How long a receipt code takes to be answered: does the time tell whether it is right?

Usage: ``make -s shell < tests/benchmarks/codes.py``
"""

import random
import statistics
import time

from odoo.addons.klagebehandling.sealing import receipt_code

ROUNDS = 4000


def measure(cases, code):
    """Microseconds of one look-up."""
    env.invalidate_all()
    start = time.perf_counter()
    cases._find_by_code(code)
    return (time.perf_counter() - start) * 1e6


unit = env["complaint.unit"].search([("slug", "!=", False)], limit=1)
values = {"unit_id": unit.id, "channel": "api", "description": "x"}
receipt = env["complaint.intake"].sudo().register(values)
env.flush_all()
kinds = {
    "right": lambda: receipt["access_code"],
    "unknown": receipt_code.make,
    "mistyped": lambda: receipt["access_code"][:-1] + "0",
    "no code": lambda: "x",
    "empty": lambda: "",
}
times = {kind: [] for kind in kinds}
for _round in range(ROUNDS):
    # In turn and in changing order, so that the machine's moods meet all alike.
    for kind in random.sample(list(kinds), len(kinds)):
        times[kind].append(measure(env["complaint.case"], kinds[kind]()))
median = statistics.median(times["unknown"])
for kind, spent in times.items():
    low, _half, high = statistics.quantiles(spent, n=4)
    print(
        f"{kind:10} median {statistics.median(spent):6.0f} µs, middle half "
        f"{low:.0f}–{high:.0f}, against unknown {statistics.median(spent) / median:.3f}"
    )
env.cr.rollback()
