import { patch } from "@web/core/utils/patch";
import { ViewButton } from "@web/views/view_button/view_button";

/* A menu that stays open behind the question keeps Tab to itself. */
patch(ViewButton.prototype, {
    onClick(...args) {
        if (this.clickParams.confirm) {
            this.dropdownControl.close();
        }
        return super.onClick(...args);
    },
});
