from functools import partial

from odoo import api, models
from odoo.fields import Command, Domain

ADDON = "klagebehandling"
# Everybody who can sign in, and who cannot.
ANYBODY = ("base.group_user", "base.group_portal", "base.group_public")


class ComplaintWalled(models.AbstractModel):
    """The rows of a case, that the persons it is about must never notice (M17).

    Adds the wall, a global record rule on ``walled_user_ids`` of the case, and the
    other rules that the model declares. It points only at what its writer sees: a row
    that took any id would name what stands behind it.

    The base of ``complaint.case`` and ``complaint.case.part``; an addon inherits the
    latter. May not call what knows more of a case than ``walled_user_ids``.
    """

    _name = "complaint.walled"
    _inherit = ["complaint.unseen", "complaint.pointing"]
    _description = "Behind the wall of a case"
    # The way from a row to its case, by many2ones; empty for the case itself.
    _case_path = "case_id"
    # The way to the company of a row; None where no rule is made of it.
    _company_path = None
    # Who reads the rows, each by a rule of their own: the group, and what it reads.
    # A domain as text, without brackets; "{path}" stands for the way to the case.
    _readers = {}
    # Nobody follows a row; see the followers.
    _has_followers = False
    # Whose rules are for looking. Odoo adds up rules and rights of one person: else an
    # auditor who works cases too would write all that auditors read.
    _only_read_by = ("auditor", "custodian")
    # Whether files hang on the rows, where they have no messages.
    _holds_files = False

    def init(self):
        super().init()
        if not self._abstract:
            self.pool.post_init(self._make_rules)

    @api.model
    def _make_rules(self):
        """Give the model its rules, or put right those it has.

        Called when the table is made or updated. A group that comes with it is not
        there yet: ``security/case_rules.xml`` calls again, after the groups.
        """
        find = partial(self.env.ref, raise_if_not_found=False)
        self.env["ir.rule"].sudo()._load_records(
            [
                self._prepare_rule(name, *rule)
                for name, rule in self._rules().items()
                if all(map(find, rule[1:]))
            ]
        )

    @api.model
    def _make_all_rules(self):
        """Give every model behind the wall its rules; for data files."""
        registry = self.env.registry
        for name in sorted(registry.descendants(["complaint.walled"], "_inherit")):
            if not registry[name]._abstract:
                self.env[name]._make_rules()

    @api.model
    def _prepare_rule(self, name, domain, *groups):
        """A global rule stays where an update does not name it any more; a right
        that is not given any more is taken away.
        """
        is_changed = name not in self._only_read_by
        return {
            "xml_id": f"{self._original_module}.{self._table}_rule_{name}",
            "noupdate": not groups,
            "values": {
                "name": f"{self._description}: {name}",
                "model_id": self.env["ir.model"]._get_id(self._name),
                "domain_force": domain,
                "groups": [Command.set([self.env.ref(one).id for one in groups])],
                "perm_write": is_changed,
                "perm_create": is_changed,
                "perm_unlink": is_changed,
                "active": True,
            },
        }

    @api.model
    def _rules(self):
        """Hook: the rules of the model, ``{end of the xmlid: (domain, *groups)}``."""
        rules = {"wall": (self._wall_domain(),)}
        if self._company_path:
            rules["company"] = (f"[('{self._company_path}', 'in', company_ids)]",)
        if self._readers:
            # Whom no rule names, Odoo lets read everything that a right allows.
            rules["others"] = ("[(0, '=', 1)]", *ANYBODY)
        for reader, domain in self._readers.items():
            group = reader if "." in reader else f"{ADDON}.group_{reader}"
            name = reader.rpartition(".")[2].removeprefix("group_")
            rules[name] = (f"[{domain.format(path=self._path_to_case())}]", group)
        return rules

    @api.model
    def _path_to_case(self):
        return f"{self._case_path}." if self._case_path else ""

    @api.model
    def _wall_domain(self):
        """The domain of the rule, as text: no row whose case is walled for the user.

        Of the forms that say this, it is the one PostgreSQL answers fastest: the case
        is joined for the other rules anyway.
        """
        return f"[('{self._path_to_case()}walled_user_ids', 'not in', [user.id])]"

    def _concealed(self):
        """The rows whose case is walled for the user; nothing of them is read."""
        user_id = self.env.uid
        walled = Domain("walled_user_ids", "in", [user_id])
        for name in reversed(self._case_path.split(".") if self._case_path else []):
            walled = Domain(name, "any!", walled)
        return self.sudo().search(walled & Domain("id", "in", self.ids)).sudo(False)

    def _cases_sudo(self):
        """The cases that these rows are of."""
        rows_sudo = self.sudo()
        return rows_sudo.mapped(self._case_path) if self._case_path else rows_sudo

    def _worked(self):
        """Those whose messages, tasks and files the user may see.

        They are for who works a case: auditors and custodians only read one.
        """
        if not self.browse().has_access("write"):
            return self.browse()
        return self.search([("id", "in", self.ids)])

    def _check_values(self, operation, vals_list):
        """Ask for the rows first: what they hold may decide what is answered."""
        self.check_access(operation)
        super()._check_values(operation, vals_list)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a case: recipients are computed each time, around the wall."""
        return True
