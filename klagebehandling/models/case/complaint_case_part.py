from odoo import fields, models

# Who reads a case, and which ones: the rules of the case and of all that hangs on it
# are made of these, and of nothing else.
CASE_READERS = {
    "handler": "'|', ('{path}handler_id', '=', user.id), "
    "'&', ('{path}is_restricted', '=', False), "
    "('{path}unit_id.member_ids', 'in', [user.id])",
    "manager": "'&', ('{path}is_restricted', '=', False), "
    "('{path}unit_id.line_manager_ids', 'in', [user.id])",
    "independent": "'|', ('{path}handler_id', '=', user.id), "
    "('{path}is_restricted', '=', True)",
    "auditor": "('{path}is_restricted', '=', False)",
    "custodian": "('{path}anonymity', '=', 'protected')",
}
# Who is a person of the case, a witness perhaps, reads nothing by place or role, but as
# its handler (C-08). It stands beside the wall: within the domains above PostgreSQL
# would ask it for every row. Auditors and custodians have no place in the line.
NO_PARTY = (
    "('{path}barred_user_ids', 'not in', "
    "[user.id] if user.has_group('klagebehandling.group_caseworker') else [])"
)
# Who works cases: all that hangs on one is for them at least.
WORKERS = ("handler", "manager", "independent")


def readers(*groups, alone=None, also=None):
    """What a model declares in ``_readers``: these groups read what is of their cases.

    :param alone: a leaf of a domain, as text: of those rows only these
    :param also: a leaf of a domain, as text: these rows too, whosever the case
    """
    domains = {group: CASE_READERS[group] for group in groups}
    if also:
        domains = {group: f"'|', {own}, {also}" for group, own in domains.items()}
    if alone:
        domains = {group: f"'&', {alone}, {own}" for group, own in domains.items()}
    return domains


class ComplaintCasePart(models.AbstractModel):
    """Rows of ours that hang on a case: what an addon inherits for a model of its own.

    Adds the case, its company, the wall, the rule of companies, and for each group of
    ``_readers`` the rule by which it reads what belongs to the cases it reads; the
    addon brings no rule, only the rights of its model. Where fewer or others read the
    rows, the model says so in ``_readers``, by ``readers()``. What a person may write
    of a row, the model says in ``_writable`` and ``_creatable``: nothing without them.
    """

    _name = "complaint.case.part"
    _inherit = ["complaint.guarded", "complaint.walled"]
    _description = "Part of a case"
    _company_path = "company_id"
    _readers = readers(*WORKERS)

    case_id = fields.Many2one(
        "complaint.case", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
