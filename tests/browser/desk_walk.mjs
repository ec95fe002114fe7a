/* One person at the desk: a form with its tabs and what its buttons open, a page with its
   views. Whatever comes up is looked at with axe; a dialog is gone through with the keys.

   `one` is that person: the `page`; `who` it is; `stock`, what Odoo does wrong itself;
   `screens` of ours; `seen`, the names of those that were looked at; `pressed`, what was
   opened on the way; `faults`; `isShort`, to look at nothing twice; `picture`, what makes
   one.
*/
import process from "node:process";

import { inspect } from "./axe.mjs";
import { act, call, closeDialogs, settle } from "./desk.mjs";
import { comesBack, goRound } from "./dialog_keys.mjs";

// Methods behind a button that open a dialog which no window action opens.
const OPENING = new Set(["action_ask", "action_reveal", "action_dry_run"]);
const PATIENCE = 8000;

/* Which model a form asked for last, and with which defaults. */
export function watchModels(page) {
    page.on("request", (request) => {
        const asked = /call_kw\/(complaint\.[\w.]+)\/(onchange|web_read)$/.exec(
            request.url(),
        );
        if (asked) {
            const { context } = request.postDataJSON().params.kwargs;
            page.shown = { model: asked[1], context: context ?? {} };
        }
    });
}

/* What axe finds now, and a picture. */
export async function take(one, name) {
    const found = await inspect(one.page, one.stock);
    tell(one, name, [...found, ...one.page.faults.splice(0)]);
    await one.picture?.(one.page, `${one.who} ${name}`);
}

/* Note what is wrong. */
export function tell({ who, faults }, name, found) {
    for (const fault of found) {
        faults.push(`${who} ${name}: ${fault}`);
        if (process.env.KLAGE_LOUD) {
            process.stderr.write(`${faults.at(-1)}\n`);
        }
    }
}

/* That a dialog was seen: by the action that opened it, else by what it asked for. */
function note({ page, seen, screens }, id) {
    const { model, context } = page.shown ?? { context: {} };
    const isThis = (dialog) =>
        (id ? dialog.id === id : dialog.res_model === model) &&
        Object.entries(dialog.values).every(([key, value]) => context[key] === value);
    for (const { name } of screens.dialogs.filter(isThis)) {
        seen.add(name);
    }
    seen.add(model);
    seen.add(`${model} form`);
}

export async function isOpen(page) {
    return (await page.locator(".modal:not(.o_inactive_modal)").count()) > 0;
}

/* The dialog over the page: with axe, and round it with the keys. */
export async function takeDialog(one, name, id, isByKey = true) {
    note(one, id);
    await take(one, name);
    const wrong = await goRound(one.page);
    if (isByKey) {
        wrong.push(...(await comesBack(one.page)));
    }
    tell(one, name, wrong);
    await closeDialogs(one.page);
}

/* Do something that may get stuck: the rest is looked at all the same. */
export async function attempt(one, name, run) {
    try {
        await run();
    } catch (error) {
        tell(one, name, [error.message.split("\n")[0]]);
        await closeDialogs(one.page);
    }
}

export async function showForm(page, model, id) {
    return act(page, {
        type: "ir.actions.act_window",
        name: "Record",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
        target: "current",
    });
}

/* Whether a button opens something that was not looked at yet. */
function isWanted({ seen, screens, pressed }, { name, type, text }) {
    if (pressed.has(`${name} ${text}`)) {
        return false;
    }
    const action = type === "action" && screens.byId.get(Number(name));
    if (!action) {
        return type === "object" && (screens.asked.has(name) || OPENING.has(name));
    }
    const variants = screens.dialogs.filter(({ id }) => id === action.id);
    return variants.length
        ? variants.some((dialog) => !seen.has(dialog.name))
        : !seen.has(action.xml_id);
}

async function buttons(page, where) {
    const found = await page.locator(`${where} button[name][type]:visible`).all();
    const read = (button) => ({
        name: button.getAttribute("name"),
        type: button.getAttribute("type"),
        text: button.textContent.trim(),
        isOff: button.disabled,
    });
    const all = await Promise.all(
        found.map(async (at) => ({ at, ...(await at.evaluate(read)) })),
    );
    return all.filter(({ isOff }) => !isOff);
}

function isReached(page, { name, text }) {
    return page.evaluate(
        ([name, text]) => {
            const now = document.activeElement;
            return now.getAttribute("name") === name && now.textContent.trim() === text;
        },
        [name, text],
    );
}

/* Come to a button by keys: one in the menu of further steps with the arrows. */
async function pressByKey(page, button, isInMenu) {
    page.shown = null;
    if (isInMenu) {
        await page.locator(".o_complaint_more").focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector(".o-dropdown--menu");
        for (let step = 0; step < 25; step += 1) {
            if (await isReached(page, button)) {
                break;
            }
            await page.keyboard.press("ArrowDown");
        }
    } else {
        await button.at.focus();
    }
    // In a list that can be written in, Enter belongs to the row.
    const isInRow =
        !isInMenu && (await button.at.locator("xpath=ancestor::td").count());
    const before = page.url();
    await page.keyboard.press(isInRow ? "Space" : "Enter");
    // What was written in the record is saved first.
    const end = Date.now() + PATIENCE;
    while (Date.now() < end && page.url() === before && !(await isOpen(page))) {
        await page.waitForTimeout(50);
    }
    await settle(page);
}

/* Each button of the page that opens something not looked at yet; then back again. */
async function pressButtons(one, name, back) {
    const { page } = one;
    const press = async (button, isInMenu) => {
        one.pressed.add(`${button.name} ${button.text}`);
        await pressByKey(page, button, isInMenu);
        const action =
            button.type === "action" && one.screens.byId.get(Number(button.name));
        const what = `${name} > ${action ? action.xml_id : button.name} "${button.text}"`;
        if (await isOpen(page)) {
            await takeDialog(one, what, action && action.id);
        } else if (action && action.target !== "new") {
            one.seen.add(action.xml_id);
            await take(one, what);
            await back();
        } else {
            tell(one, what, ["the button opens nothing by key"]);
        }
    };
    for (const button of await buttons(page, ".o_action_manager")) {
        if (isWanted(one, button) && (await button.at.count())) {
            await attempt(one, button.text, () => press(button, false));
        }
    }
    for (const button of await menuButtons(page)) {
        if (isWanted(one, button)) {
            await attempt(one, button.text, () => press(button, true));
        }
    }
}

async function menuButtons(page) {
    const more = page.locator(".o_complaint_more");
    if (!(await more.count())) {
        return [];
    }
    await more.click();
    const found = await buttons(page, ".o-dropdown--menu");
    await page.keyboard.press("Escape");
    await settle(page);
    return found;
}

/* A row of each list in a form: it opens as a dialog, or is written where it stands. */
async function openRows(one, name) {
    const { page } = one;
    const lists = page.locator(".o_form_view .o_field_x2many:visible");
    for (let number = 0; number < (await lists.count()); number += 1) {
        const list = lists.nth(number);
        const field = await list.evaluate((element) =>
            element.closest("[name]").getAttribute("name"),
        );
        const cell = list.locator(".o_data_row .o_data_cell:visible").first();
        if (one.pressed.has(`row ${field}`) || !(await cell.count())) {
            continue;
        }
        one.pressed.add(`row ${field}`);
        page.shown = null;
        await cell.focus();
        await page.keyboard.press("Enter");
        await settle(page);
        if (await isOpen(page)) {
            await takeDialog(one, `${name}, a row of ${field}`, null, false);
        } else if (await list.locator(".o_selected_row").count()) {
            await take(one, `${name}, writing in ${field}`);
            await page.keyboard.press("Escape");
            await settle(page);
        }
    }
}

/* The form that is shown, with each of its tabs and what its buttons open. */
export async function takeForm(one, name, back) {
    const { page } = one;
    const again = async () => {
        await back();
        await settle(page);
    };
    await take(one, name);
    await pressButtons(one, name, again);
    const tabs = page.locator(".o_form_view .o_notebook_headers .nav-link:visible");
    for (let number = 0; number < (await tabs.count()); number += 1) {
        const label = (await tabs.nth(number).textContent()).trim();
        const tab = `${name}, ${label}`;
        // In short, the tab of a case is looked at in whichever state comes first.
        const key = one.isShort
            ? tab.replace(/^case \w+( open| anonymous)?/, "case")
            : tab;
        if (one.pressed.has(key)) {
            continue;
        }
        one.pressed.add(key);
        if (number) {
            await tabs.nth(number).click();
            await settle(page);
            await take(one, tab);
        }
        await openRows(one, tab);
        await pressButtons(one, tab, async () => {
            await again();
            await tabs.nth(number).click();
            await settle(page);
        });
    }
}

/* Each view of a page, the first rows chosen, and the first record in its form. */
export async function takePage(one, action) {
    const { page, seen } = one;
    const types = action.view_mode.split(",");
    const show = (viewType) =>
        page.evaluate(
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
            [action.xml_id, viewType],
        );
    // In short, what comes after the first view is looked at once for each model.
    const isNew = (type) =>
        !one.isShort || type === types[0] || !seen.has(`${action.res_model} ${type}`);
    const shown = types.filter((type) => type !== "form" || types.length === 1);
    for (const type of shown.filter(isNew)) {
        const refused = await show(type);
        await settle(page);
        if (refused || (await isOpen(page))) {
            await closeDialogs(page);
            return;
        }
        seen.add(`${action.res_model} ${type}`);
        await takeView(one, action, type, () => show(type));
    }
    seen.add(action.xml_id);
    const key = `record of ${action.res_model}`;
    if (action.res_model === "complaint.case" || (one.isShort && seen.has(key))) {
        return;
    }
    await takeRecord(one, action.res_model, key);
}

async function takeView(one, action, type, back) {
    const { page } = one;
    const name = `${action.xml_id} ${type}`;
    if (type === "form") {
        await takeForm(one, name, back);
        return;
    }
    await take(one, name);
    const box = page.locator(".o_data_row .o_list_record_selector input:visible");
    const chosen = `chosen ${one.isShort ? action.res_model : name}`;
    if (type === "list" && !one.pressed.has(chosen) && (await box.count())) {
        one.pressed.add(chosen);
        await box.first().click();
        await settle(page);
        await take(one, `${name}, a row chosen`);
    }
    await pressButtons(one, name, back);
    const add = page.locator(".o_list_button_add:visible");
    if (await add.count()) {
        await add.first().click();
        await settle(page);
        await take(one, `${name}, a new one`);
        await page.keyboard.press("Escape");
        await settle(page);
    }
}

/* The newest record that this person sees of a model. */
export async function takeRecord(one, model, key) {
    const { page, seen } = one;
    const [first] = await call(page, model, "search", [[]], {
        limit: 1,
        order: "id desc",
    }).catch(() => []);
    if (first) {
        const back = () => showForm(page, model, first);
        seen.add(key);
        seen.add(`${model} form`);
        await back();
        await takeForm(one, `${model} form`, back);
    }
}
