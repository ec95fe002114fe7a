/* The staff's screens in a real browser: axe on each of our pages and dialogs.

   node tests/browser/axe_desk.mjs http://localhost:8069

   The screens are found by asking Odoo: each window action and each dialog on a model of
   ours, as the first of the roles that may open it. What Odoo does wrong by itself is
   measured in the same run, on its own pages: a fault counts unless an element of the
   same pattern has it there too. KLAGE_SHORT=1 takes one leader.
*/
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { act, call, closeDialogs, open, report, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What the frame of the web client decides for every page of every addon.
const FRAME = ["region", "landmark-one-main", "page-has-heading-one", "bypass"];
const OURS = "complaint.";
const ADMIN = ["admin", "admin"];
// Whoever may do most first: each screen is looked at once for each organisation.
const ROLES = ["leder", "identitet", "prosedyre", "revisor", "varsling", "resepsjon"];
const ROLES_SV = [
    "socialchef",
    "identitet",
    "rutin",
    "revisor",
    "oberoende",
    "registrator",
];
const ORGANISATIONS = [
    ["lepro", ROLES],
    ["robertsfors", ROLES_SV],
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
const STOCK = ["discuss", "settings", "users", "users/2", "companies", "companies/1"];
const STOCK_VIEWS = [
    ["res.partner", ["kanban", "list", "activity", "pivot", "graph"]],
    ["mail.activity", ["list", "kanban"]],
    ["ir.filters", ["list"]],
    ["ir.cron", ["list", "form"]],
    ["mail.mail", ["list", "form"]],
];
const faults = [];
const looked = new Set();
let checked = 0;

// Where things stand and how they are spaced, and what an icon looks like.
const ASIDE =
    /^(d|m[xytbse]?|p[xytbse]?|g|w|h|mw|min|flex|align|justify|position|top|end|start|float|order|rounded|border|fa|oi|cursor|user|opacity|col|ms)(-.*)?$|^o_tag_color_|\d{2,}|^(small|text-(truncate|nowrap|center|end|start|break))$/;
// A calendar is drawn by a library and by Odoo: nothing in it is ours.
const LIBRARIES = [[".o_calendar_view"]];

/* The kind of element that a fault is on: its tag, role and what its classes mean. */
function pattern({ tag, role, words }) {
    const all = words.split(/\s+/).filter(Boolean);
    const telling = all.filter((word) => !ASIDE.test(word));
    const classes = telling.length || tag === "i" ? telling : all;
    return [tag, role, ...new Set(classes.sort())].join(".");
}

async function violations(page) {
    await page.evaluate((source) => {
        if (!window.axe) {
            // As a script of the page: the web client's modules stay as they are.
            const script = document.createElement("script");
            script.textContent = source;
            document.head.append(script);
        }
    }, axeSource);
    const { count, nodes } = await page.evaluate(runAxe, [TAGS, FRAME, LIBRARIES]);
    checked += count;
    return nodes.map((node) => ({
        ...node,
        key: `${node.rule} ${pattern(node)}`,
        html: node.html.slice(0, 160).replaceAll("\n", " "),
    }));
}

/* In the page: what axe finds. What lies below a dialog is looked at without it. */
async function runAxe([values, frame, libraries]) {
    const isThere = ([selector]) => document.querySelector(selector);
    const top = [[".modal:not(.o_inactive_modal)"], ["body"]].filter(isThere);
    const result = await window.axe.run(
        { include: top.slice(0, 1), exclude: libraries.filter(isThere) },
        {
            runOnly: { type: "tag", values },
            resultTypes: ["violations"],
            preload: false,
            rules: Object.fromEntries(frame.map((name) => [name, { enabled: false }])),
        },
    );
    const nodes = result.violations.flatMap(({ id, nodes: found }) =>
        found.map(({ html, target }) => {
            const said = document.createElement("template");
            said.innerHTML = html;
            // What was drawn anew meanwhile is told by its text.
            const element =
                document.querySelector(target[0]) ?? said.content.firstElementChild;
            return {
                rule: id,
                html,
                tag: element?.localName ?? "",
                role: element?.getAttribute("role") ?? "",
                words: element?.getAttribute("class") ?? "",
            };
        }),
    );
    return { count: result.passes.length, nodes };
}

/* What Odoo draws of a person with a task, tags and a private filter. */
async function makeStock(page) {
    const create = (model, values) => call(page, model, "create", [[values]]);
    const [tag] = await create("res.partner.category", { name: "Stock" });
    const [person] = await create("res.partner", {
        name: "Stock Person",
        category_id: [[6, 0, [tag]]],
        comment: "Stock",
    });
    await call(page, "res.partner", "activity_schedule", [[person]], {
        summary: "Stock",
        user_id: 2,
    });
    const [filter] = await create("ir.filters", {
        name: "Stock",
        model_id: "res.partner",
        user_ids: [[6, 0, [2]]],
    });
    return {
        person,
        remove: async () => {
            await call(page, "ir.filters", "unlink", [[filter]]);
            await call(page, "res.partner", "unlink", [[person]]);
            await call(page, "res.partner.category", "unlink", [[tag]]);
        },
    };
}

async function measureStock(browser) {
    const page = await signIn(browser, base, ADMIN[0], {}, ADMIN[1]);
    const stock = new Set();
    const take = async () => {
        for (const { key } of await violations(page)) {
            stock.add(key);
        }
    };
    const show = async (model, view, values = {}, context = {}) => {
        const action = {
            type: "ir.actions.act_window",
            name: "Stock",
            res_model: model,
            views: [
                [false, view],
                [false, "search"],
            ],
            target: "current",
            ...values,
        };
        if (!(await act(page, action, context))) {
            await take();
        }
    };
    for (const path of STOCK) {
        await open(page, base, path);
        await take();
        for (const tab of await page.locator(".o_notebook_headers .nav-link").all()) {
            await tab.click();
            await settle(page);
            await take();
        }
    }
    const { person, remove } = await makeStock(page);
    await show("res.partner", "form", { res_id: person });
    for (const [model, views] of STOCK_VIEWS) {
        for (const view of views) {
            await show(model, view);
        }
    }
    const filters = {
        search_default_type_person: 1,
        search_default_type_company: 1,
        search_default_group_country: 1,
    };
    for (const view of ["kanban", "list"]) {
        await show("res.partner", view, {}, filters);
    }
    for (const model of [
        "res.partner",
        "mail.activity.schedule",
        "base.language.install",
    ]) {
        await show(model, "form", { target: "new", views: [[false, "form"]] });
        await closeDialogs(page);
    }
    await remove();
    return [page, stock];
}

function inspector(page, stock, who) {
    return async (name) => {
        for (const { rule, key, html } of await violations(page)) {
            if (!stock.has(key)) {
                faults.push(`${who} ${name}: ${rule} at ${html}`);
                if (process.env.KLAGE_LOUD) {
                    process.stderr.write(`FAULT ${faults.at(-1)}\n`);
                }
            }
        }
    };
}

/* Our window actions and the dialogs that no action of the database opens. */
async function findScreens(page) {
    const domain = [["res_model", "=like", `${OURS}%`]];
    const actions = await call(page, "ir.actions.act_window", "search_read", [domain], {
        fields: ["xml_id", "name", "res_model", "target", "view_mode", "context"],
        order: "id",
    });
    const dialogs = await call(
        page,
        "ir.model",
        "search_read",
        [
            [
                ["model", "=like", `${OURS}%`],
                ["transient", "=", true],
            ],
        ],
        { fields: ["model"], order: "model" },
    );
    const views = await call(
        page,
        "ir.ui.view",
        "search_read",
        [
            [
                ["model", "=like", `${OURS}%`],
                ["type", "=", "form"],
            ],
        ],
        { fields: ["model"] },
    );
    const shown = new Set(views.map(({ model }) => model));
    const opened = new Set(actions.map(({ res_model: model }) => model));
    const others = dialogs.map(({ model }) => model);
    return {
        pages: actions.filter(({ target }) => target !== "new"),
        dialogs: actions.filter(({ target }) => target === "new"),
        others: others.filter((model) => shown.has(model) && !opened.has(model)),
    };
}

async function inspectTabs(page, inspect, name) {
    await inspect(name);
    const tabs = page.locator(".o_form_view .o_notebook_headers .nav-link");
    for (let number = 1; number < (await tabs.count()); number += 1) {
        await tabs.nth(number).click();
        await settle(page);
        await inspect(`${name}, tab ${number + 1}`);
    }
}

/* Each view of a page, and the first record in its form. */
async function inspectPage(page, inspect, action) {
    for (const view of action.view_mode.split(",")) {
        if (view === "form" && action.res_model !== "complaint.case.register") {
            continue;
        }
        const refused = await page.evaluate(
            async ([xmlid, viewType]) => {
                const { action: service } =
                    window.odoo.__WOWL_DEBUG__.root.env.services;
                try {
                    await service.doAction(xmlid, { viewType, clearBreadcrumbs: true });
                } catch (error) {
                    return error.data?.message ?? error.message;
                }
                return "";
            },
            [action.xml_id, view],
        );
        await settle(page);
        if (refused || (await page.locator(".modal").count())) {
            await closeDialogs(page);
            return false;
        }
        await inspect(`${action.xml_id} ${view}`);
    }
    const [first] = await call(page, action.res_model, "search", [[]], {
        limit: 1,
    }).catch(() => []);
    if (first && action.res_model !== "complaint.case") {
        await showForm(page, action.res_model, first);
        await inspectTabs(page, inspect, `${action.res_model} form`);
    }
    return true;
}

async function showForm(page, model, id) {
    return act(page, {
        type: "ir.actions.act_window",
        name: "Record",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
        target: "current",
    });
}

/* A case in each state that this person sees: dict from the state to the id. */
async function casesByState(page) {
    const found = {};
    for (const state of STATES) {
        const ids = await call(
            page,
            "complaint.case",
            "search",
            [[["state", "=", state]]],
            {
                limit: 2,
            },
        ).catch(() => []);
        if (ids.length) {
            found[state] = ids;
        }
    }
    return found;
}

/* What a dialog has to be told: a record of each of our models that it points at. */
async function contexts(page, model, cases) {
    const fields = await call(page, model, "fields_get", [], {
        attributes: ["type", "relation", "selection"],
    });
    const fixed = {};
    for (const [name, field] of Object.entries(fields)) {
        if (
            field.type === "many2one" &&
            field.relation?.startsWith(OURS) &&
            name !== "case_id"
        ) {
            const [id] = await call(page, field.relation, "search", [[]], {
                limit: 1,
            }).catch(() => []);
            if (id) {
                fixed[`default_${name}`] = id;
            }
        }
    }
    const purposes =
        model === "complaint.case.compose" ? fields.purpose.selection : [[""]];
    const all = [];
    for (const [purpose] of purposes) {
        const said = purpose ? { default_purpose: purpose } : {};
        const ids = fields.case_id ? Object.values(cases).flat() : [false];
        all.push(
            ids.map((id) => ({
                ...fixed,
                ...said,
                ...(id ? { default_case_id: id, active_id: id } : {}),
            })),
        );
    }
    return all;
}

/* The dialog with the first of the contexts in which it opens. */
async function inspectDialog(page, inspect, name, action, model, cases) {
    let isSeen = false;
    for (const choices of await contexts(page, model, cases)) {
        for (const context of choices) {
            const refused = await act(page, action, context);
            const isOpen = await page.locator(".modal .o_form_view").count();
            if (!refused && isOpen) {
                await inspect(`${name} ${context.default_purpose ?? ""}`.trim());
                isSeen = true;
            }
            await closeDialogs(page);
            if (isSeen && !refused && isOpen) {
                break;
            }
        }
    }
    return isSeen;
}

async function walk(browser, code, roles, screens, stock, missing) {
    const states = new Set();
    for (const role of roles) {
        const page = await signIn(browser, base, `${role}.${code}`);
        const inspect = inspector(page, stock, `${role}.${code}`);
        const cases = await casesByState(page);
        for (const [state, ids] of Object.entries(cases)) {
            if (states.has(state)) {
                continue;
            }
            states.add(state);
            await showForm(page, "complaint.case", ids[0]);
            await inspectTabs(page, inspect, `case ${state}`);
        }
        await open(page, base, "");
        for (const action of screens.pages) {
            const name = `${code} ${action.xml_id}`;
            if (!looked.has(name) && (await inspectPage(page, inspect, action))) {
                looked.add(name);
            }
        }
        for (const action of screens.dialogs) {
            const name = `${code} ${action.xml_id}`;
            if (looked.has(name)) {
                continue;
            }
            if (
                await inspectDialog(
                    page,
                    inspect,
                    action.xml_id,
                    action.xml_id,
                    action.res_model,
                    cases,
                )
            ) {
                looked.add(name);
            }
        }
        for (const model of screens.others) {
            const name = `${code} ${model}`;
            const action = {
                type: "ir.actions.act_window",
                name: "Dialog",
                res_model: model,
                views: [[false, "form"]],
                target: "new",
            };
            if (
                !looked.has(name) &&
                (await inspectDialog(page, inspect, model, action, model, cases))
            ) {
                looked.add(name);
            }
        }
        await page.context().close();
    }
    for (const state of STATES.filter((one) => !states.has(one))) {
        missing.push(`${code}: no case is ${state}`);
    }
}

const browser = await launch();
const [adminPage, stock] = await measureStock(browser);
const screens = await findScreens(adminPage);
await open(adminPage, base, "settings#klagebehandling");
await inspector(adminPage, stock, "admin")("settings");
await adminPage.context().close();
const missing = [];
const isShort = Boolean(process.env.KLAGE_SHORT);
for (const [code, roles] of isShort ? ORGANISATIONS.slice(0, 1) : ORGANISATIONS) {
    const some = isShort ? roles.slice(0, 1) : roles;
    await walk(browser, code, some, screens, stock, missing);
}
const wanted = [
    ...screens.pages.map(({ xml_id: name }) => name),
    ...screens.dialogs.map(({ xml_id: name }) => name),
    ...screens.others,
];
for (const name of wanted) {
    if (![...looked].some((one) => one.endsWith(` ${name}`))) {
        missing.push(`nobody could open ${name}`);
    }
}
await browser.close();
process.stdout.write(
    `${stock.size} patterns of Odoo's own, ${looked.size} screens of ours\n`,
);
for (const line of missing) {
    process.stdout.write(`? ${line}\n`);
}
report("axe", checked, faults);
