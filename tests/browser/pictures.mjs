/* Every screen of the staff and a case in each state, on a desktop and on a phone, in
   Norwegian and in Swedish: pictures to look at, and what can be measured of them.

   node tests/browser/pictures.mjs http://localhost:8069 [folder for pictures]

   No page is wider than the window, no reference is cut, nothing in a header or a dialog
   stands out of it. KLAGE_SHORT=1 takes one organisation, KLAGE_LANG and KLAGE_WIDTH one
   language and one width.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { act, call, closeDialogs, open, report, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
// Who looks at the screens of each role, by language.
const PEOPLE = {
    nb: {
        leader: "leder.lepro",
        owner: "prosedyre.lepro",
        custodian: "identitet.lepro",
        auditor: "revisor.lepro",
        independent: "varsling.lepro",
        reception: "resepsjon.lepro",
        admin: "admin",
    },
    sv: {
        leader: "socialchef.robertsfors",
        owner: "rutin.robertsfors",
        custodian: "identitet.robertsfors",
        auditor: "revisor.robertsfors",
        independent: "oberoende.robertsfors",
        reception: "registrator.robertsfors",
    },
};
const SIZES = {
    1280: { viewport: { width: 1280, height: 800 } },
    390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
// A case is looked at as far as it goes down.
const TALL = { 1280: { width: 1280, height: 1400 }, 390: { width: 390, height: 1800 } };
const SCREENS = {
    leader: {
        board: "complaints",
        list: "complaints?view_type=list",
        mine: "my-complaints",
        work: "complaint-work",
        deadlines: "complaint-deadlines?view_type=list",
        calendar: "complaint-deadlines",
        letters: "complaint-correspondence",
        units: "complaint-units",
        register: "register-complaint",
        journal: "complaint-journal",
        analysis: "action-klagebehandling.complaint_case_action_report",
        statistics: "complaint-statistics",
        facts: "complaint-facts",
        promises: "complaint-promises",
        measures: "complaint-measures",
        "my-measures": "complaint-my-measures",
        patterns: "complaint-patterns",
        issues: "complaint-issues",
        lessons: "complaint-lessons",
        routine: "complaint-routine",
        familiarity: "complaint-familiarity",
        feedback: "complaint-feedback",
        needs: "complaint-needs",
        "follow-up": "complaint-follow-up",
        "self-checks": "complaint-selfchecks",
        training: "complaint-training",
        use: "complaint-use",
        satisfaction: "complaint-satisfaction",
        reviews: "complaint-reviews",
    },
    owner: {
        "set-up": "complaint-set-up",
        procedures: "complaint-procedures",
        grounds: "action-klagebehandling.complaint_category_action",
        texts: "action-klagebehandling.complaint_wording_action",
        laws: "action-klagebehandling.complaint_law_action",
        bodies: "action-klagebehandling.complaint_body_action",
        notices: "action-klagebehandling.complaint_notice_action",
        roles: "complaint-roles",
        reviews: "complaint-reviews",
    },
    custodian: {
        list: "complaints?view_type=list",
        requests: "complaint-identity-requests",
        identities: "action-klagebehandling.complaint_party_action",
    },
    auditor: {
        list: "complaints?view_type=list",
        organisation: "complaint-organisation-journal",
        journal: "complaint-journal",
        reviews: "complaint-reviews",
    },
    independent: {
        board: "complaints",
        mine: "my-complaints",
        list: "complaints?view_type=list",
    },
    reception: { register: "register-complaint", measures: "complaint-my-measures" },
    admin: {
        none: "complaints",
        "set-up": "complaint-set-up",
        settings: "settings#klagebehandling",
    },
};
const LETTERS = {
    acknowledge: "acknowledgement",
    answer: "reply",
    update: "update",
    message: "message",
    question: "question",
    redirect: "redirect",
};
const DIALOGS = {
    delay: "complaint_case_delay_action",
    close: "complaint_case_end_action_close",
    withdraw: "complaint_case_end_action_withdraw",
    meet: "complaint_case_end_action_meet",
    waive: "complaint_case_end_action_waive",
    correct: "complaint_case_correction_action",
    "correct-person": "complaint_case_correct_action",
    join: "complaint_case_join_action",
    split: "complaint_case_split_action",
    recuse: "complaint_case_recuse_action",
    identify: "complaint_case_identify_action",
    wish: "complaint_case_wish_action",
    erase: "complaint_case_erase_action",
    assign: "complaint_case_assign_action",
    "hand-over": "complaint_case_assign_action_all",
};
const LOOKS = ["state", "anonymity", "kind", "due_state", "is_restricted"];
// Of whom a case is opened, besides the leader: one of each kind that they see.
const READERS = ["custodian", "auditor", "independent"];
// Whose first procedure is opened, with each page of it.
const RECORDS = { owner: "complaint-procedures", admin: "complaint-procedures" };
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
    for (const head of document.querySelectorAll("th[data-name] span")) {
        if (head.clientWidth && head.scrollWidth > head.clientWidth + 1) {
            wrong.push(`the heading ${head.textContent} is cut`);
        }
    }
    for (const cell of document.querySelectorAll(
        "td[name=next_due_on], td[name=due_on], td[name=state]",
    )) {
        if (cell.scrollWidth > cell.clientWidth + 1) {
            wrong.push(`${cell.getAttribute("name")} ${cell.textContent} is cut`);
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

/* Each page of a case, as far as it goes down. */
async function pages(page, name) {
    const tabs = page.locator(".o_notebook_headers .nav-link");
    for (let number = 0; number < (await tabs.count()); number += 1) {
        await tabs.nth(number).click();
        await look(page, `${name}-page-${number}`);
    }
}

async function dialogs(page, prefix, id) {
    const told = { default_case_id: id, active_id: id, active_ids: [id] };
    told.active_model = "complaint.case";
    const compose = "complaint_case_compose_action";
    const all = Object.entries(DIALOGS).map(([name, action]) => [name, action, {}]);
    for (const [name, purpose] of Object.entries(LETTERS)) {
        all.push([name, compose, { default_purpose: purpose }]);
    }
    for (const [name, action, context] of all) {
        await act(page, `klagebehandling.${action}`, { ...told, ...context });
        await look(page, `${prefix}-dialog-${name}`);
        await closeDialogs(page);
    }
}

async function cases(page, prefix, width) {
    const found = await differentCases(page);
    const taken = new Set();
    await page.setViewportSize(TALL[width]);
    for (const [way, id] of Object.entries(found)) {
        if (!taken.has(id)) {
            taken.add(id);
            await open(page, base, `complaints/${id}`);
            await look(page, `${prefix}-case-${way}`);
            if (way === "state-investigating" || way === "state-closed") {
                await pages(page, `${prefix}-case-${way}`);
            }
        }
    }
    const id = found["state-received"];
    await open(page, base, `complaints/${id}`);
    await dialogs(page, prefix, id);
}

/* The first record of a list, with its pages. */
async function record(page, path, name) {
    await open(page, base, path);
    const cell = ".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)";
    const row = page.locator(cell);
    if (await row.count()) {
        await row.first().click();
        await settle(page);
        await look(page, name);
        await pages(page, name);
    }
}

/* One case of each kind that somebody sees who leads nobody. */
async function others(page, prefix, width) {
    const found = await differentCases(page);
    await page.setViewportSize(TALL[width]);
    for (const way of ["state-received", "anonymity-protected", "state-closed"]) {
        if (found[way]) {
            await open(page, base, `complaints/${found[way]}`);
            await look(page, `${prefix}-case-${way}`);
        }
    }
}

async function walk(browser, lang, people, width) {
    for (const [role, login] of Object.entries(people)) {
        const password = login === "admin" ? "admin" : undefined;
        const page = await signIn(browser, base, login, SIZES[width], password);
        for (const [name, path] of Object.entries(SCREENS[role])) {
            await open(page, base, path);
            await look(page, `${lang}-${width}-${role}-${name}`);
        }
        if (role === "leader") {
            await cases(page, `${lang}-${width}`, width);
        } else if (READERS.includes(role)) {
            await others(page, `${lang}-${width}-${role}`, width);
        }
        if (RECORDS[role]) {
            await page.setViewportSize(TALL[width]);
            await record(page, RECORDS[role], `${lang}-${width}-${role}-procedure`);
        }
        await page.context().close();
    }
}

const browser = await launch();
const { KLAGE_LANG, KLAGE_SHORT, KLAGE_WIDTH } = process.env;
const some = Object.keys(PEOPLE).filter((lang, number) =>
    KLAGE_LANG ? lang === KLAGE_LANG : !KLAGE_SHORT || number === 0,
);
const widths = KLAGE_WIDTH ? [KLAGE_WIDTH] : Object.keys(SIZES);
const walks = some.flatMap((lang) =>
    widths.map((width) => walk(browser, lang, PEOPLE[lang], width)),
);
await Promise.all(walks);
await browser.close();
report("pictures", checked, faults);
