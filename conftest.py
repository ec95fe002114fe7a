"""Refuse to run Odoo tests in a way that would silently skip a part of them."""

import pytest


def pytest_configure(config):
    """Without --odoo-http, pytest-odoo skips every test of a route or a browser."""
    if config.pluginmanager.has_plugin("odoo") and not config.getoption("--odoo-http"):
        raise pytest.UsageError("run `make test`, or add --odoo-http (or -p no:odoo)")
