import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Print the page as it stands; nothing is sent or stored. */
function printPage() {
    browser.setTimeout(() => window.print());
}

registry.category("actions").add("klagebehandling.print_page", printPage);
