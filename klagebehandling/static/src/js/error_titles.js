import { WarningDialog } from "@web/core/errors/error_dialogs";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/* What Odoo calls an invalid operation is, on our screens, a rule that is explained. Who
   may not see something and what is missing get one title, as they get one answer. */
const TITLES = {
    "odoo.exceptions.UserError": _t("This was not done"),
    "odoo.exceptions.ValidationError": _t("Something has to be corrected"),
    "odoo.exceptions.AccessError": _t("This cannot be opened"),
    "odoo.exceptions.MissingError": _t("This cannot be opened"),
};

patch(WarningDialog.prototype, {
    inferTitle() {
        const title = TITLES[this.props.exceptionName];
        const isOurs = (this.props.model || "").startsWith("complaint.");
        return isOurs && title ? title.toString() : super.inferTitle();
    },
});
