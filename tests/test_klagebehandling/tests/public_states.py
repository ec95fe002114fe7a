"""The example as the people see it who complained: codes, accounts, a report."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.klagebehandling.sealing import keyring, receipt_code
from odoo.addons.klagebehandling_example.organisations import company, in_force


def give_codes(env, code):
    """A code for a case in each state, as its person has one.

    :param code: of a procedure
    :return: dict from a state to a code
    """
    codes = {}
    for case in _cases(env, code):
        if case.state not in codes:
            codes[case.state] = receipt_code.make()
            case.access_code_hash = keyring.keyed_hash("access code", codes[case.state])
    env.flush_all()
    return codes


def give_account(env, code, user):
    """Let a user follow a case in each state as an own one; return these."""
    parties = env["complaint.party"]
    seen, given = set(), env["complaint.case"]
    for case in _cases(env, code):
        person = case.party_ids.filtered(lambda one: one.role == "complainant")[:1]
        if person and case.anonymity == "open" and case.state not in seen:
            person.account_hash = parties._hash_account(user)
            seen.add(case.state)
            given |= case
    env.flush_all()
    return given


def publish_report(env, code):
    """Publish the report of the year in which the cases came in."""
    policy = in_force(env, code)
    year = policy._today().year
    with freeze_time(f"{year + 1}-01-20 10:00:00"):
        report = env["complaint.annual.report"]._open_for(policy, year)
        report.summary = "Et rolig år.\n\nDe fleste klagene gjaldt ventetid."
        report.consequences = "Budsjett."
        report.action_approve()
        report.action_publish()
    env.flush_all()
    return report


def let_inspect(env, code, password):
    """Let an inspector in to the cases of an organisation; return the account."""
    company_id = company(env, code).id
    days = env["complaint.case"].sudo().search([("company_id", "=", company_id)])
    received = days.mapped("received_at")
    inspection = env["complaint.inspection"].create(
        {
            "company_id": company_id,
            "authority": "Statsforvalteren",
            "ground": "Lov om tilsyn § 1",
            "inspector": "Inga Nordmann",
            "login": "inga@example.com",
            "received_from": min(received) - timedelta(days=1),
            "received_until": max(received) + timedelta(days=1),
            "valid_until": fields.Datetime.now() + timedelta(days=1),
        }
    )
    inspection.action_open()
    inspection.user_id.password = password
    env.flush_all()
    return inspection.user_id


def _cases(env, code):
    """The newest letters first, so that the fullest case stands for its state."""
    domain = [("company_id", "=", company(env, code).id)]
    cases = env["complaint.case"].sudo().search(domain)
    return cases.sorted(lambda one: len(one.correspondence_ids), reverse=True)
