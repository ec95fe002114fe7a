"""The five organisations: which procedure each follows, and where it applies."""

MODULE = "klagebehandling_example"
PASSWORD = "example"

# Code of the procedure: (organisation in the xmlids, data pack, unit with it).
ORGANISATIONS = {
    "lepro": ("lepro", "klagebehandling_no", "management"),
    "sosial_omsorg_no": ("fjordvik", "klagebehandling_no", "administration"),
    "ljusnarsberg": ("ljusnarsberg", "klagebehandling_se", "social"),
    "robertsfors": ("robertsfors", "klagebehandling_se", "social"),
    "gislaved": ("gislaved", "klagebehandling_se", "administration"),
}

# A municipality; the procedure serves private providers of care as well.
PUBLIC = {"sosial_omsorg_no"}


def organisation(code):
    """The name in the xmlids of the organisation that follows a procedure."""
    return ORGANISATIONS[code][0]


def find(env, kind, code, name):
    """The record ``<kind>_<organisation>_<name>`` of the example."""
    return env.ref(f"{MODULE}.{kind}_{organisation(code)}_{name}")


def company(env, code):
    """The company that follows a procedure."""
    return env.ref(f"{MODULE}.company_{organisation(code)}")


def put_in_force(env, code):
    """Give an organisation its own copy of its procedure, from the unit down."""
    name, pack, unit = ORGANISATIONS[code]
    preset = env.ref(f"{pack}.policy_{code}")
    policy = preset.copy(
        {
            "company_id": company(env, code).id,
            "independent_id": find(env, "user", code, "independent").id,
        }
    )
    if code in PUBLIC:
        policy.is_public_body = True
    policy.action_put_in_force()
    find(env, "unit", code, unit).policy_id = policy
    remember(env, f"policy_{name}", policy)


def in_force(env, code):
    """The organisation's own copy of its procedure."""
    return env.ref(f"{MODULE}.policy_{organisation(code)}")


def remember(env, name, record):
    """Give a record an xmlid of the example, so that it leaves with it."""
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": f"{MODULE}.{name}", "record": record, "noupdate": True}]
    )
