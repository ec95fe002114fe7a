"""The databases of the tests: a base, a template with the suite, a copy per worker."""

import ast

from console import step
from files import digest
from instance import Instance, wanted_state
from odoo_package import odoo_key
from postgres import Cluster
from settings import LANGUAGES, all_addons

CLUSTER = "tests"
BASE = "klage_base"
TEMPLATE = "klage_template"
WORKER = "klage_worker_{number}"


def tests_cluster():
    """Return the cluster of the tests: fast, and worth nothing after a crash."""
    return Cluster(CLUSTER, durable=False)


def ensure_template():
    """Have a database with the suite and the test addons, as they are now."""
    cluster = tests_cluster()
    cluster.start()
    base = _ensure_base(cluster)
    template = _instance(cluster, TEMPLATE)
    wanted = wanted_state(all_addons()) | {"base": base.state()}
    if template.state() != wanted:
        new = _instance(cluster, f"{TEMPLATE}_new")
        with step("Installing the suite into the test template"):
            new.copy_from(base)
            new.update([], list(wanted["addons"]))
            new.prepare_assets()
            new.remember(wanted)
            new.become(TEMPLATE)
    return template


def copy_for_worker(template, number):
    """Return a copy of the template for one worker."""
    copy = _instance(template.cluster, WORKER.format(number=number))
    copy.copy_from(template)
    copy.write_configuration()
    return copy


def _ensure_base(cluster):
    """Have a database with only the Odoo addons that the suite depends on."""
    needed = _odoo_dependencies()
    base = _instance(cluster, BASE)
    wanted = {"key": digest(odoo_key(), LANGUAGES, *needed)}
    if base.state() != wanted:
        new = _instance(cluster, f"{BASE}_new")
        with step("Installing Odoo into the test base"):
            new.drop()
            new.install(needed)
            new.prepare_assets()
            new.remember(wanted)
            new.become(BASE)
    return base


def _odoo_dependencies():
    """Return the addons that the suite's manifests name and the checkout lacks."""
    addons = all_addons()
    needed = set()
    for addon in addons:
        manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
        needed.update(manifest.get("depends", ["base"]))
    return sorted(needed - {addon.name for addon in addons})


def _instance(cluster, name):
    return Instance(cluster, name, log_level="warn")
