"""Who is a person of a case reads it no longer by place or role.

Cases that nobody else could read are given on; where nobody may receive one, it waits
and the auditors are alarmed.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO complaint_case_barred (case_id, user_id)
             SELECT DISTINCT party.case_id, party.user_id
               FROM complaint_party party
               JOIN complaint_case c ON c.id = party.case_id
              WHERE party.user_id IS DISTINCT FROM c.handler_id
                AND party.user_id IS NOT NULL
        ON CONFLICT DO NOTHING
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    # The rule of the wall is no data that an update writes again.
    for name in env.registry.descendants(["complaint.walled"], "_inherit"):
        rows = env[name]
        xmlid = f"{rows._original_module}.{rows._table}_rule_wall"
        rule = not rows._abstract and env.ref(xmlid, raise_if_not_found=False)
        if rule:
            rule.domain_force = rows._wall_domain()
    env["complaint.case"]._hand_up(env["res.company"].search([]))
