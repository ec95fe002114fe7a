"""The example database: the whole suite and its example organisations."""

from datetime import date

from console import say, step
from instance import Instance, wanted_state
from postgres import Cluster
from settings import EXAMPLE_DATABASE, suite_addons

CLUSTER = "example"
# The cases were new on the day it was built: so many days later most are long late.
FRESH = 14


def in_use():
    """Return a block during which the cluster of the example database stays up."""
    return Cluster(CLUSTER).in_use()


def example():
    """Return the example database, in the cluster that keeps its data."""
    return Instance(Cluster(CLUSTER), EXAMPLE_DATABASE)


def ensure_example():
    """Have the example database at the state of the addons in this checkout."""
    database = example()
    database.cluster.start()
    wanted = wanted_state(suite_addons())
    built = database.state()
    if built is None:
        _build(wanted)
        return database
    wanted["built_on"] = built.get("built_on")
    if built != wanted:
        _update(database, built, wanted)
    _say_age(wanted["built_on"])
    return database


def _say_age(built_on):
    """Tell how to have fresh cases, where those there are have become old."""
    if built_on is None:
        return
    days = (date.today() - date.fromisoformat(built_on)).days
    if days > FRESH:
        say(f"  The example is {days} days old: make reset builds a fresh one.")


def _build(wanted):
    new = Instance(Cluster(CLUSTER), f"{EXAMPLE_DATABASE}_new")
    with step("Creating the example database (about a minute)"):
        new.drop()
        new.install(list(wanted["addons"]))
    with step("Preparing style sheets and scripts"):
        new.prepare_assets()
        new.remember({**wanted, "built_on": str(date.today())})
        new.become(EXAMPLE_DATABASE)


def _update(database, built, wanted):
    known = built["addons"]
    new = [name for name in wanted["addons"] if name not in known]
    changed = [
        name
        for name, fingerprint in wanted["addons"].items()
        if name in known and known[name] != fingerprint
    ]
    if built["odoo"] != wanted["odoo"]:
        changed = ["base"]
    if changed or new:
        with step(f"Updating {', '.join(changed + new)}"):
            database.update(changed, new)
    database.remember(wanted)
    for gone in sorted(set(known) - set(wanted["addons"])):
        say(f"  {gone} left the checkout; make reset builds a database without it")
