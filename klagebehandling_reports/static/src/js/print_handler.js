import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download the PDF of a report that WeasyPrint makes. Odoo's own way first asks for
 * wkhtmltopdf, which is not needed here.
 *
 * @returns {Promise<boolean>} whether the report was handled
 */
export async function printWithWeasyPrint(action, options, env) {
    if (action.report_type !== "qweb-pdf" || action.pdf_engine !== "weasyprint") {
        return false;
    }
    if (!action.is_pdf_ready) {
        env.services.notification.add(
            _t(
                "WeasyPrint is not installed on the server: this document is not made as accessible PDF. Tell the administrator.",
            ),
            { type: "warning", sticky: true },
        );
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("klagebehandling_reports.weasyprint", printWithWeasyPrint);
