import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** Open the units; forget the invitation to choose a procedure, kept with the actions. */
function openUnits(env) {
    rpcBus.trigger("CLEAR-CACHES", "/web/action/load");
    return env.services.action.doAction("klagebehandling.complaint_unit_action", {
        clearBreadcrumbs: true,
    });
}

registry.category("actions").add("klagebehandling.open_units", openUnits);
