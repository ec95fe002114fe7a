from functools import partial

from odoo.addons.klagebehandling.sealing import journal_seal, journal_witness

from . import retention, reviews, selfcheck
from .organisations import (
    MODULE,
    ORGANISATIONS,
    PASSWORD,
    put_in_force,
)
from .progress import Past
from .stories import stories

LANGUAGES = {"base.no": "nb_NO", "base.se": "sv_SE"}
ZONES = {"base.no": "Europe/Oslo", "base.se": "Europe/Stockholm"}
# What holds on to a case, and goes before it.
PARTS = (
    "complaint.access.mask",
    "complaint.access.document",
    "complaint.access.review",
    "complaint.registration",
    "complaint.disposal",
    "complaint.hold",
    "complaint.original.act",
    "complaint.original",
    "complaint.identity.request",
)
# What opens as somebody signs in: by the first role that they have.
HOMES = {
    "klagebehandling.group_caseworker": "klagebehandling.complaint_case_action_my",
    "klagebehandling.group_custodian": (
        "klagebehandling.complaint_identity_request_action"
    ),
    "klagebehandling.group_auditor": "klagebehandling.complaint_case_action",
    "klagebehandling.group_procedure": "klagebehandling.complaint_policy_action",
    "klagebehandling.group_registrar": "klagebehandling.complaint_registration_action",
    "klagebehandling.group_disposal_approver": (
        "klagebehandling.complaint_disposal_action"
    ),
    "base.group_user": "klagebehandling.complaint_case_register_action",
}


def _post_init_hook(env):
    """Put the procedures in force, let people sign in, enter the complaints."""
    _set_up_people(env)
    for code in ORGANISATIONS:
        put_in_force(env, code)
    Past(env).live(stories())
    reviews.review(env)
    selfcheck.look_at_itself(env)
    retention.keep(env)


def _set_up_people(env):
    """One password, the organisation's time zone and language, a home; no robot."""
    users = _records(env, "res.users").filtered(
        lambda user: user != env.ref("base.user_admin")
    )
    # Hashed once: a password is slow to hash, on purpose.
    sealed = users._crypt_context().hash(PASSWORD)
    for user in users:
        users._set_encrypted_password(user.id, sealed)
    installed = dict(env["res.lang"].get_installed())
    for country, lang in LANGUAGES.items():
        domain = [("company_id.country_id", "=", env.ref(country).id)]
        people = users.filtered_domain(domain)
        people.tz = ZONES[country]
        if lang in installed:
            people.lang = lang
    admin = env.ref("base.user_admin")
    if not admin.action_id:
        admin.action_id = env.ref("klagebehandling.complaint_case_action").id
    for user in users:
        home = next(HOMES[group] for group in HOMES if user.has_group(group))
        user.action_id = env.ref(home).id
    if "odoobot_state" in users._fields:
        # The robot's chat would open over the board at the first visit.
        (users | admin).odoobot_state = "disabled"


def _uninstall_hook(env):
    """Remove the example's cases and procedures, which nothing else may delete."""
    cases = _records(env, "complaint.case")
    env.cr.execute("DELETE FROM complaint_journal WHERE case_id = ANY(%s)", [cases.ids])
    marks = [journal_seal.commitment(case.reference) for case in cases]
    env.cr.execute("DELETE FROM complaint_commitment WHERE mark = ANY(%s)", [marks])
    _forget_journals(env, _records(env, "res.company"))
    env.invalidate_all()
    for model in PARTS:
        parts = env[model].with_context(active_test=False, _force_unlink=True)
        parts.search([("case_id", "in", cases.ids)]).unlink()
    cases.with_context(_force_unlink=True).unlink()
    reviews.forget(env)
    policies = _records(env, "complaint.policy")
    used = env["complaint.case"].search([("policy_id", "in", policies.ids)])
    policies -= used.policy_id
    selfcheck.forget(env, _records(env, "res.company"))
    retention.forget(env, policies)
    units = _records(env, "complaint.unit")
    units.filtered(lambda unit: unit.policy_id in policies).policy_id = False
    policies.unlink()


def _forget_journals(env, companies):
    """Remove the journals of the example's organisations, and tell the witness."""
    env.cr.execute(
        "DELETE FROM complaint_company_journal WHERE company_id = ANY(%s)",
        [companies.ids],
    )
    env.cr.execute(
        "UPDATE res_company SET complaint_journal_head = NULL, "
        "complaint_journal_count = 0 WHERE id = ANY(%s)",
        [companies.ids],
    )
    database = env["complaint.company.journal"]._database()
    for company_id in companies.ids:
        forget = partial(journal_witness.record, database, company_id, 0, "-")
        env.cr.postcommit.add(forget)


def _records(env, model):
    """The records of a model that came with the example."""
    known = env["ir.model.data"].search(
        [("module", "=", MODULE), ("model", "=", model)]
    )
    return env[model].browse(known.mapped("res_id")).exists()
