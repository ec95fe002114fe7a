from odoo import api, models, tools

# Routes along the line of management; any other is independent handling.
LINE_ROUTES = ("nearest", "above")
READING = ("group_handler", "group_independent")


class ComplaintUnit(models.Model):
    """Who receives a case of the unit, and who must never notice it."""

    _inherit = "complaint.unit"

    def _receiver(self, policy, walled, is_restricted=False):
        """Who receives a case whose line of management starts at the unit.

        The door asks, and each case whose handler has to go. Whoever is answered is
        able to read the case once it is theirs.

        :param policy: the version of the procedure that binds the case
        :param walled: users who must never see the case
        :param is_restricted: the line of management has no part in it
        :return: ``(user, route)``: ``nearest`` or ``above`` in the line; else, handled
            independently, ``independent``, ``fallback`` or ``top``; ``nobody`` with
            an empty user
        """
        if not is_restricted:
            # The hook may answer with anybody.
            person = self._responsible(walled)
            if self._can_handle(person, walled):
                is_nearest = person == self._nearest_manager()
                return person, "nearest" if is_nearest else "above"
        for people, route in self._receivers_outside(policy.sudo(), walled):
            fit = people.filtered(lambda person: self._can_handle(person, walled))
            if fit:
                return fit[0], route
        return self.env["res.users"], "nobody"

    def _receivers_outside(self, policy, walled):
        """Who comes into question outside the line, the first choice first.

        The top of the line is none where the procedure names a fallback: a report
        that goes past the line would come back to it for a conflict elsewhere.
        """
        # Persons of a version in use are entered on the newest one only.
        versions = policy | policy._versions(policy.code, self.company_id)
        yield versions.independent_id, "independent"
        yield versions.fallback_id, "fallback"
        # They read what is handled independently, named in the procedure or not.
        group = self.env.ref("klagebehandling.group_independent").sudo()
        yield group.all_user_ids, "independent"
        nobody = self.env["res.users"]
        if not any(self._can_handle(one, nobody) for one in versions.fallback_id):
            yield nobody.union(*list(self._in_charge(walled))[-1:]), "top"

    def _can_handle(self, user, walled):
        """Whether a case of the unit can be read by a user once it is theirs."""
        user = user.sudo()
        if not user or user in walled or not self._is_active_user(user.id):
            return False
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        groups = {to_id(f"klagebehandling.{name}") for name in READING}
        return self.sudo().company_id.id in user._get_company_ids() and bool(
            groups.intersection(user._get_group_ids())
        )

    @api.model
    @tools.ormcache("user_id")
    def _is_active_user(self, user_id):
        """Whether a user is not archived, kept in memory as Odoo keeps their groups and
        companies: archiving one it forgets them all."""
        return self.env["res.users"].sudo().browse(user_id).active

    def _in_charge(self, walled):
        """Who decides up the line, nearest first: of each unit the stand-in, else the
        manager, as far as they may handle the case.

        Closed units have nobody in charge.
        """
        for unit in self._line().sudo().filtered("active"):
            for person in unit.deputy_id, unit.manager_id:
                if self._can_handle(person, walled):
                    yield person
                    break

    def _responsible(self, walled):
        """Hook: the nearest in charge who may handle a case of the unit.

        :param walled: users who must never see the case
        :return: a user; empty where the line of management is exhausted
        """
        return next(self._in_charge(walled), self.env["res.users"])

    def _first_manager(self):
        """The manager whom "my nearest manager" means, stand-in or not."""
        return self._line().sudo().filtered("manager_id")[:1].manager_id

    def _nearest_manager(self):
        """The first manager up the line, whoever that is."""
        return self.sudo()._responsible(self.env["res.users"])

    def _line_start(self, grounds):
        """Where the line starts for a case on some grounds, and why there.

        :return: ``(unit, route)``: ``nearest``, ``above`` for a ground that goes one
            step up, or the function of another unit
        """
        if grounds._are_out_of_scope():
            for function in filter(None, grounds.mapped("redirect_function")):
                unit = self._with_function(function)
                if unit:
                    return unit, function
        if any(ground.is_sensitive or ground.is_urgent for ground in grounds):
            nearest = self._line().filtered("manager_id")[:1]
            if nearest.parent_id._nearest_manager():
                return nearest.parent_id, "above"
        return self, "nearest"

    def _find_wall(self, subjects, is_line_walled):
        """Who must never notice a case of the unit.

        The persons complained about and everyone whose line of management runs
        through them. Where it is not known who it is, the line of the unit counts.

        :param subjects: users complained about
        :param is_line_walled: it concerns the nearest manager, or somebody only named
        """
        unit = self.sudo()
        walled = subjects
        if subjects:
            led = unit.search(
                [
                    "|",
                    ("manager_id", "in", subjects.ids),
                    ("deputy_id", "in", subjects.ids),
                ]
            )
            walled |= led._people()
        if is_line_walled:
            nearest = unit._line().filtered("manager_id")[:1]
            walled |= (nearest or unit)._people()
        if not self._responsible(walled):
            # Whom the line ends with is not walled for having a place in the tree.
            policy = unit.effective_policy_id
            walled -= (policy.independent_id | policy.fallback_id) - subjects
        return walled
