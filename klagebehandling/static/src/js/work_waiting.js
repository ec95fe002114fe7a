import { Component, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** How many cases are late, due today or without a handler, and the way to them. */
export class WorkWaiting extends Component {
    static template = "klagebehandling.WorkWaiting";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ late: 0, due_today: 0, unassigned: 0 });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.count());
        this.count();
    }

    /** By the names of the filters that find them. */
    get rows() {
        return [
            ["late", _t("Late")],
            ["due_today", _t("Due today")],
            ["unassigned", _t("Unassigned")],
        ];
    }

    get pressing() {
        return this.state.late + this.state.due_today;
    }

    async count() {
        const counts = await this.orm.silent.call("complaint.case", "work_counts");
        Object.assign(this.state, counts);
    }

    open(filter) {
        this.action.doAction("klagebehandling.complaint_case_action", {
            clearBreadcrumbs: true,
            viewType: "list",
            additionalContext: {
                search_default_open: 1,
                [`search_default_${filter}`]: 1,
            },
        });
    }
}

if (session.is_complaint_caseworker) {
    registry
        .category("systray")
        .add(
            "klagebehandling.work_waiting",
            { Component: WorkWaiting },
            { sequence: 31 },
        );
}
