/* The staff's screens in a real browser: each page, view and dialog of ours is opened and
   looked at with axe; each dialog is opened, gone through and left with the keys.

   node tests/browser/axe_desk.mjs http://localhost:8069 [folder for pictures]

   The screens are found by asking Odoo, so that none can be forgotten: one that nobody
   could open is a fault. What Odoo does wrong by itself is measured in the same run, on
   its own pages. KLAGE_SHORT=1 takes one organisation, in which each screen is looked at
   as the first who may open it; else each role of two organisations looks at its own.
   KLAGE_CODE=robertsfors takes that organisation, KLAGE_WIDTH=390 makes it narrow.

   It needs the people of the example organisations, and makes its own cases.
*/
import process from "node:process";

import { measureStock } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { act, call, closeDialogs, open, report, signIn } from "./desk.mjs";
import { makeCases } from "./desk_cases.mjs";
import { findScreens } from "./desk_screens.mjs";
import {
    attempt,
    isOpen,
    showForm,
    take,
    takeDialog,
    takeForm,
    takePage,
    takeRecord,
    watchModels,
} from "./desk_walk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const folder = process.argv[3];
const isShort = Boolean(process.env.KLAGE_SHORT);
const width = Number(process.env.KLAGE_WIDTH ?? 1280);
const OURS = "complaint.";
// Whoever may do most first.
const ORGANISATIONS = [
    {
        code: "lepro",
        roles: [
            "leder",
            "veileder",
            "identitet",
            "prosedyre",
            "revisor",
            "varsling",
            "resepsjon",
        ],
        lead: "leder",
        custodian: "identitet",
        owner: "prosedyre",
        colleague: "veileder",
    },
    {
        code: "robertsfors",
        roles: [
            "socialchef",
            "handlaggare",
            "identitet",
            "rutin",
            "revisor",
            "oberoende",
            "registrator",
        ],
        lead: "socialchef",
        custodian: "identitet",
        owner: "rutin",
        colleague: "handlaggare",
        registrar: "registrator",
    },
];
const STATES = [
    "received",
    "acknowledged",
    "investigating",
    "answered",
    "closed",
    "redirected",
    "withdrawn",
];
// What an organisation has no rows of: its procedure does not ask for it.
const UNUSED = {
    lepro: [
        "complaint.familiarity form",
        "complaint.selfcheck form",
        "klagebehandling.complaint_registration_action",
        "klagebehandling.complaint_register_waiting_action",
        "klagebehandling.complaint_register_extract_action",
        "complaint.register.waiting list",
        "complaint.registration form",
        "complaint.registration list",
        "complaint.access.request form",
        "complaint.access.review form",
        "complaint.disposal form",
    ],
    robertsfors: [
        "complaint.disposal form",
        "klagebehandling.complaint_review_line_action",
        "complaint.review form",
    ],
};
// In how many ways a dialog is tried to be opened.
const TRIES = 8;
let pictures = 0;

async function picture(page, name) {
    pictures += 1;
    const file = `${String(pictures).padStart(3, "0")} ${name}`;
    const path = `${folder}/${file.replace(/[^\w.]+/g, "_").slice(0, 120)}.png`;
    await page.screenshot({ path });
}

/* One person at work: the page, what was seen in this organisation, what is pressed. */
async function begin(browser, organisation, role, shared) {
    const options = { viewport: { width, height: 800 } };
    const who = `${role}.${organisation.code}`;
    const page = await signIn(browser, base, who, options);
    watchModels(page);
    return { pressed: new Set(), ...shared, page, who };
}

/* A case in each state that this person sees, and those that were made for this. */
async function takeCases(one, made) {
    const { page, states, seen } = one;
    const find = (domain, options) =>
        call(page, "complaint.case", "search", [domain], options).catch(() => []);
    const isNew = (name) => !isShort || !seen.has(name);
    const ids = await find([["id", "in", made]], { order: "id" });
    for (const state of STATES.filter((name) => !isShort || !states.has(name))) {
        const domain = [
            ["state", "=", state],
            ["id", "not in", made],
        ];
        ids.push(...(await find(domain, { limit: 1 })));
    }
    for (const id of ids.filter((one) => isNew(`case ${one}`))) {
        const back = () => showForm(page, "complaint.case", id);
        await back();
        const facts = ["state", "anonymity"];
        const [{ state, anonymity }] = await call(page, "complaint.case", "read", [
            [id],
            facts,
        ]);
        for (const name of ["complaint.case form", `case ${id}`]) {
            seen.add(name);
        }
        states.add(state);
        const name = `case ${state} ${anonymity}`;
        await attempt(one, name, () => takeForm(one, name, back));
    }
    return ids;
}

/* What a dialog may be told: of each model of ours that it points at, some records. */
async function contexts(page, model, cases) {
    const fields = await call(page, model, "fields_get", [], {
        attributes: ["type", "relation"],
    });
    const pointing = Object.entries(fields).filter(
        ([name, { type, relation }]) =>
            type === "many2one" && relation.startsWith(OURS) && name !== "case_id",
    );
    const all = [];
    for (const [name, { relation }] of pointing) {
        const ids = await call(page, relation, "search", [[]], {
            limit: TRIES,
            order: "id desc",
        }).catch(() => []);
        all.push(...ids.map((id) => ({ [`default_${name}`]: id, active_id: id })));
    }
    const ofCases = cases.map((id) => ({
        default_case_id: id,
        active_id: id,
        active_ids: [id],
        active_model: "complaint.case",
    }));
    return [...("case_id" in fields ? ofCases : []), ...all, {}].slice(0, 2 * TRIES);
}

/* A dialog that no button on the way has opened, in the first case in which it opens. */
async function openUnseen(one, name, action, model, values, cases) {
    const { page } = one;
    const tries = await contexts(page, model, cases).catch(() => []);
    await closeDialogs(page);
    for (const context of tries) {
        page.shown = null;
        const refused = await act(page, action, { ...context, ...values });
        if (!refused && (await page.locator(".modal .o_form_view").count())) {
            await takeDialog(one, name, action.id, false);
            one.seen.add(name);
            return;
        }
        await closeDialogs(page);
    }
}

async function openRest(one, cases) {
    const { page, seen, screens } = one;
    for (const dialog of screens.dialogs) {
        if (!seen.has(dialog.name)) {
            const { name, res_model: model, values, id } = dialog;
            await openUnseen(one, name, id, model, values, cases);
        }
    }
    for (const model of screens.others.filter((other) => !seen.has(other))) {
        const action = {
            type: "ir.actions.act_window",
            name: "Dialog",
            res_model: model,
            views: [[false, "form"]],
            target: "new",
        };
        await openUnseen(one, model, action, model, {}, cases);
    }
    for (const view of screens.views.filter((other) => !seen.has(other))) {
        const [model, type] = view.split(" ");
        if (type === "form") {
            await takeRecord(one, model, `record of ${model}`);
            continue;
        }
        const action = {
            type: "ir.actions.act_window",
            name: "View",
            res_model: model,
            views: [
                [false, type],
                [false, "search"],
            ],
        };
        if (!(await act(page, action)) && !(await isOpen(page))) {
            seen.add(view);
            await take(one, view);
        }
        await closeDialogs(page);
    }
}

async function takePages(one) {
    for (const action of one.screens.pages) {
        if (!isShort || !one.seen.has(action.xml_id)) {
            await attempt(one, action.xml_id, () => takePage(one, action));
        }
    }
}

/* Each of its roles, one after the other. */
async function walk(browser, organisation, made, shared) {
    const own = { ...shared, seen: new Set(), states: new Set() };
    // What one of them has opened, the next need not.
    const pressed = isShort ? { pressed: new Set() } : {};
    for (const role of organisation.roles) {
        // Two pages of one person: while one waits, the other goes on. To sign in twice at
        // once would have one wait for the other.
        const one = await begin(browser, organisation, role, { ...own, ...pressed });
        const other = await begin(browser, organisation, role, { ...own, ...pressed });
        const [cases] = await Promise.all([takeCases(one, made), takePages(other)]);
        await attempt(one, "the rest", () => openRest(one, cases));
        await Promise.all([one, other].map(({ page }) => page.context().close()));
    }
    return own;
}

function findMissing({ screens, seen, states }, code) {
    const wanted = [
        ...screens.pages.map(({ xml_id: name }) => name),
        ...screens.dialogs.map(({ name }) => name),
        ...screens.others,
        ...screens.views,
    ];
    return [
        ...wanted
            .filter((name) => !seen.has(name) && !UNUSED[code].includes(name))
            .map((name) => `nobody opens ${name}`),
        ...STATES.filter((state) => !states.has(state)).map(
            (state) => `no case is ${state}`,
        ),
    ].map((line) => `${code}: ${line}`);
}

const browser = await launch();
const { KLAGE_CODE } = process.env;
const chosen = ORGANISATIONS.filter(({ code }, number) =>
    KLAGE_CODE ? code === KLAGE_CODE : !isShort || number === 0,
);
const [[admin, stock], ...made] = await Promise.all([
    measureStock(browser, base),
    ...chosen.map((organisation) => makeCases(browser, base, organisation)),
]);
const screens = await findScreens(admin);
const faults = [];
let looked = 0;
await open(admin, base, "settings#klagebehandling");
const shared = { screens, stock, faults, isShort, picture: folder && picture };
await take({ ...shared, page: admin, who: "admin" }, "settings");
await admin.context().close();
for (const [number, organisation] of chosen.entries()) {
    const own = await walk(browser, organisation, made[number], shared);
    // The administrator has looked at it.
    own.seen.add("klagebehandling.res_config_settings_action");
    faults.push(...findMissing(own, organisation.code));
    looked += own.seen.size;
}
await browser.close();
process.stdout.write(
    `${stock.size} patterns of Odoo's own, ${looked} screens of ours\n`,
);
report("axe", looked, faults);
