import { registry } from "@web/core/registry";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";

const SHOWN = 3;

/** The first steps as buttons, all others in a menu: the states keep their room. */
export class CaseButtons extends StatusBarButtons {
    static template = "klagebehandling.CaseButtons";

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
