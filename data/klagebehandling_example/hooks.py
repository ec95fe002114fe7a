from functools import partial

from odoo.addons.klagebehandling.sealing import journal_seal, journal_witness

from .complaints import complaint_lines, complaint_values
from .organisations import (
    MODULE,
    ORGANISATIONS,
    PASSWORD,
    company,
    find,
    put_in_force,
    remember,
)
from .progress import case_name, move_cases

LANGUAGES = {"base.no": "nb_NO", "base.se": "sv_SE"}
ZONES = {"base.no": "Europe/Oslo", "base.se": "Europe/Stockholm"}


def _post_init_hook(env):
    """Put the procedures in force, let people sign in, enter the complaints."""
    _set_up_people(env)
    for code in ORGANISATIONS:
        put_in_force(env, code)
    lines = [line for line in complaint_lines() if line["expected"]["accepted"]]
    for line in lines:
        _register(env, line)
    move_cases(env, lines)


def _set_up_people(env):
    """One password, each organisation's time zone and, if installed, its language."""
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


def _register(env, line):
    """Enter one complaint as it came: by the public or by a receiving employee."""
    values = complaint_values(line, env)
    intake = env["complaint.intake"].with_company(company(env, line["policy"]))
    if values["channel"] == "web":
        intake = intake.with_user(env.ref("base.public_user")).sudo()
    else:
        intake = intake.with_user(find(env, "user", line["policy"], "reception"))
    case_id = intake.register(values)["case_id"]
    remember(env, case_name(line), env["complaint.case"].browse(case_id))


def _uninstall_hook(env):
    """Remove the example's cases and procedures, which nothing else may delete."""
    cases = _records(env, "complaint.case")
    env.cr.execute("DELETE FROM complaint_journal WHERE case_id = ANY(%s)", [cases.ids])
    marks = [journal_seal.commitment(case.reference) for case in cases]
    env.cr.execute("DELETE FROM complaint_commitment WHERE mark = ANY(%s)", [marks])
    _forget_journals(env, _records(env, "res.company"))
    env.invalidate_all()
    cases.with_context(_force_unlink=True).unlink()
    policies = _records(env, "complaint.policy")
    used = env["complaint.case"].search([("policy_id", "in", policies.ids)])
    policies -= used.policy_id
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
