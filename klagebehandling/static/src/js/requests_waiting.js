import { Component, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** How many requests to see an identity wait for this custodian. */
export class RequestsWaiting extends Component {
    static template = "klagebehandling.RequestsWaiting";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ count: 0 });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.count());
        this.count();
    }

    async count() {
        this.state.count = await this.orm.silent.searchCount(
            "complaint.identity.request",
            [["state", "=", "requested"]],
        );
    }

    open() {
        this.action.doAction("klagebehandling.complaint_identity_request_action", {
            clearBreadcrumbs: true,
        });
    }
}

if (session.is_complaint_custodian) {
    registry
        .category("systray")
        .add(
            "klagebehandling.requests_waiting",
            { Component: RequestsWaiting },
            { sequence: 30 },
        );
}
