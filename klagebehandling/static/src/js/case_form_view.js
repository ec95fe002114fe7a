import { onPatched, useExternalListener, useRef } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";

const SHOWN = 3;

/** The first steps as buttons, all others in a menu: the states keep their room. */
export class CaseButtons extends StatusBarButtons {
    static template = "klagebehandling.CaseButtons";

    setup() {
        super.setup();
        this.root = useRef("root");
        this.ui = useService("ui");
        this.last = null;
        useExternalListener(document, "focusin", this.remember);
        useBus(this.ui.bus, "active-element-changed", () =>
            setTimeout(() => this.comeBack()),
        );
        onPatched(() => this.comeBack());
    }

    /** The step that somebody went on with; what lies over the page does not count. */
    remember({ target }) {
        if (!target.closest(".modal, .o-dropdown--menu")) {
            this.last = this.root.el?.contains(target) ? target : null;
        }
    }

    /**
     * Odoo disables a button while it works, and a step that is done takes its button
     * away: the focus would be lost, and who works by keyboard would begin at the top.
     */
    comeBack() {
        const isLost = document.activeElement === document.body;
        if (!this.last || !isLost || this.ui.activeElement !== document) {
            return;
        }
        const isThere = this.last.isConnected && !this.last.disabled;
        (isThere ? this.last : this.root.el?.querySelector("button"))?.focus();
    }

    get shownSlotNames() {
        return this.visibleSlotNames.slice(0, this.env.isSmall ? 1 : SHOWN);
    }

    get otherSlotNames() {
        return this.visibleSlotNames.slice(this.shownSlotNames.length);
    }
}

export class CaseFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, StatusBarButtons: CaseButtons };
}

registry.category("views").add("complaint_case_form", {
    ...formView,
    Renderer: CaseFormRenderer,
});
