/* Every screen of the staff and a case in each state, on a desktop and on a phone, in
   Norwegian and in Swedish: pictures to look at, and what can be measured of them.

   node tests/browser/pictures.mjs http://localhost:8069 [folder for pictures]

   No page is wider than the window, no reference is cut, nothing in a header or a dialog
   stands out of it. KLAGE_SHORT=1 takes one organisation.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { act, call, closeDialogs, open, report, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const ORGANISATIONS = [
    ["nb", "leder.lepro"],
    ["sv", "socialchef.robertsfors"],
];
const SIZES = {
    1280: { viewport: { width: 1280, height: 800 } },
    390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
const SCREENS = {
    board: "complaints",
    list: "complaints?view_type=list",
    mine: "my-complaints",
    work: "complaint-work",
    deadlines: "complaint-deadlines?view_type=list",
    calendar: "complaint-deadlines",
    letters: "complaint-correspondence",
    units: "complaint-units",
    register: "register-complaint",
};
const DIALOGS = {
    acknowledge: [
        "complaint_case_compose_action",
        { default_purpose: "acknowledgement" },
    ],
    answer: ["complaint_case_compose_action", { default_purpose: "reply" }],
    delay: ["complaint_case_delay_action", {}],
    close: ["complaint_case_end_action_close", {}],
};
const LOOKS = ["state", "anonymity", "due_state", "is_restricted"];
const faults = [];
let checked = 0;

/* What is wider than the window, cut, or stands out of where it belongs. */
function measure() {
    const wrong = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
        wrong.push(`${scrollWidth - clientWidth} px wider than the window`);
    }
    for (const cell of document.querySelectorAll("td.o_complaint_reference")) {
        if (cell.scrollWidth > cell.clientWidth) {
            wrong.push(`the reference ${cell.textContent} is cut`);
        }
    }
    const inside =
        ".o_form_statusbar button, .o_control_panel button, .modal-footer button";
    for (const button of document.querySelectorAll(inside)) {
        const { left, right, width } = button.getBoundingClientRect();
        if (width && (left < -1 || right > clientWidth + 1)) {
            wrong.push(`${button.textContent.trim()} stands out of the window`);
        }
    }
    return wrong;
}

async function look(page, name) {
    await settle(page);
    checked += 1;
    for (const fault of await page.evaluate(measure)) {
        faults.push(`${name}: ${fault}`);
    }
    if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}.png`) });
    }
}

/* One case for each way in which a case can look: dict from the way to the id. */
async function differentCases(page) {
    const rows = await call(page, "complaint.case", "search_read", [[]], {
        fields: LOOKS,
        limit: 200,
    });
    const found = {};
    for (const row of rows) {
        for (const look of LOOKS) {
            found[`${look}-${row[look]}`] ??= row.id;
        }
    }
    return found;
}

async function walk(browser, lang, login, width) {
    const page = await signIn(browser, base, login, SIZES[width]);
    const prefix = `${lang}-${width}`;
    for (const [name, path] of Object.entries(SCREENS)) {
        await open(page, base, path);
        await look(page, `${prefix}-${name}`);
    }
    const cases = await differentCases(page);
    const taken = new Set();
    for (const [way, id] of Object.entries(cases)) {
        if (!taken.has(id)) {
            taken.add(id);
            await open(page, base, `complaints/${id}`);
            await look(page, `${prefix}-case-${way}`);
        }
    }
    const id = cases["state-received"];
    await open(page, base, `complaints/${id}`);
    for (const [name, [action, context]] of Object.entries(DIALOGS)) {
        const told = { ...context, default_case_id: id, active_id: id };
        await act(page, `klagebehandling.${action}`, told);
        await look(page, `${prefix}-dialog-${name}`);
        await closeDialogs(page);
    }
    await page.context().close();
}

const browser = await launch();
const some = process.env.KLAGE_SHORT ? ORGANISATIONS.slice(0, 1) : ORGANISATIONS;
for (const [lang, login] of some) {
    for (const width of Object.keys(SIZES)) {
        await walk(browser, lang, login, width);
    }
}
await browser.close();
report("pictures", checked, faults);
