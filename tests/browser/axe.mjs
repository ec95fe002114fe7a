/* What axe finds on a page of the web client, and what of it Odoo's own pages have too.

   A fault counts unless an element of the same pattern has it on a stock page of Odoo,
   measured in the same run.
*/
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { act, call, closeDialogs, open, settle, signIn } from "./desk.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What the frame of the web client decides for every page of every addon.
const FRAME = ["region", "landmark-one-main", "page-has-heading-one", "bypass"];
// Odoo's frame scrolls around a board without cards, in which nothing takes the focus.
const FRAME_SCROLLS = "scrollable-region-focusable main..o_content";
export const ADMIN = ["admin", "admin"];
const STOCK = ["settings", "users/2"];
const STOCK_VIEWS = [
    ["res.partner", ["kanban", "list", "activity", "pivot", "graph"]],
    ["mail.activity", ["list"]],
    ["ir.filters", ["list"]],
    ["ir.cron", ["form"]],
];
// Where things stand and how they are spaced, and what an icon looks like.
const ASIDE =
    /^(d|m[xytbse]?|p[xytbse]?|g|w|h|mw|min|flex|align|justify|position|top|end|start|float|order|rounded|border|fa|oi|cursor|user|opacity|col|ms)(-.*)?$|^o_tag_color_|\d{2,}|^(small|text-(truncate|nowrap|center|end|start|break))$|^o_field_translate$/;
// A calendar is drawn by a library and by Odoo, and Odoo's talk is where somebody comes
// to who may not open a page: nothing in them is ours.
const LIBRARIES = [[".o_calendar_view"], [".o-mail-Discuss"]];

/* The kind of element that a fault is on: its tag, role and what its classes mean. */
function pattern({ tag, role, words }) {
    const all = words.split(/\s+/).filter(Boolean);
    const telling = all.filter((word) => !ASIDE.test(word));
    const classes = telling.length || tag === "i" ? telling : all;
    return [tag, role, ...new Set(classes.sort())].join(".");
}

/* What axe finds on what is shown now: each fault with its pattern. */
async function violations(page) {
    await page.evaluate((source) => {
        if (!window.axe) {
            // As a script of the page: the web client's modules stay as they are.
            const script = document.createElement("script");
            script.textContent = source;
            document.head.append(script);
        }
    }, axeSource);
    // They come and go, half seen through, over whatever page it is: a hint where the
    // pointer happens to lie, and what says that something is loaded.
    await page.mouse.move(0, 0);
    await page.waitForSelector(".o-tooltip", { state: "detached" });
    await page.waitForFunction(() =>
        document.getAnimations().every((one) => !(one instanceof window.CSSTransition)),
    );
    await page.waitForSelector(".o_loading_indicator", { state: "detached" });
    const { nodes, count } = await page.evaluate(runAxe, [TAGS, FRAME, LIBRARIES]);
    page.checked = (page.checked ?? 0) + count;
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
            // What a view of ours says in its own words, not a widget of Odoo's in it.
            const isWritten =
                element?.matches(
                    "p, div, span, li, h1, h2, h3, summary, strong, a, i",
                ) &&
                element.closest(".o_complaint") &&
                !element.closest(
                    ".o_field_widget, .o_statusbar_status, .o_notebook_headers, .o_control_panel, .o-mail-Chatter, button",
                ) &&
                !/(^|\s)(o[_-](?!complaint)|oe_|ribbon|nav|tab-)/.test(
                    element.className,
                );
            return {
                rule: id,
                html,
                isWritten: Boolean(isWritten),
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
    await create("ir.attachment", {
        name: "stock.txt",
        raw: "Stock",
        res_model: "res.partner",
        res_id: person,
    });
    for (const more of [{}, { date_deadline: "2020-01-01" }]) {
        await call(page, "res.partner", "activity_schedule", [[person]], {
            summary: "Stock",
            user_id: 2,
            ...more,
        });
    }
    await create("res.partner", { name: "Stock Child", parent_id: person });
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

/* The patterns of what is wrong on pages of Odoo, and the page of the administrator. */
export async function measureStock(browser, base) {
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
    const press = async (selector) => {
        await page.locator(selector).first().click();
        await settle(page);
        await take();
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
    await page.locator(".o-mail-Activity").first().scrollIntoViewIfNeeded();
    await take();
    await press(".o_field_widget[name=child_ids] .o_kanban_record");
    await closeDialogs(page);
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
    // Lists that are written where they stand: a text, a choice, a day.
    await show("ir.config_parameter", "list");
    await press(".o_data_cell[name=value]");
    // A list in a form that is longer than a page.
    const large = [["code", "=", "US"]];
    const [country] = await call(page, "res.country", "search", [large]);
    await show("res.country", "form", { res_id: country });
    const [hours] = await call(page, "resource.calendar", "search", [[]], { limit: 1 });
    await show("resource.calendar", "form", { res_id: hours });
    await press("[name=attendance_ids] .o_data_cell[name=dayofweek]");
    await show("res.currency.rate", "list");
    await press(".o_list_button_add");
    await page.keyboard.press("Escape");
    await settle(page);
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

/* Which faults of the page shown now are not Odoo's own: lines. */
export async function inspect(page, stock) {
    const found = await violations(page);
    return found
        .filter(({ key }) => key !== FRAME_SCROLLS)
        .filter(({ key, isWritten }) => isWritten || !stock.has(key))
        .map(({ rule, html }) => `${rule} at ${html}`);
}
