/* What the scripts about the desk of the staff share: signing in, waiting, opening. */
import process from "node:process";

export const PASSWORD = "example";
const QUIET = 150;
const PATIENCE = 8000;
// What Odoo tells by itself from time to time is not waited for.
const ASIDE = /\/(websocket|web\/image|bus\/|mail\/|web\/static)/;

/* A page in which somebody works, and how many of its requests are under way. */
export async function signIn(browser, base, login, options = {}, password = PASSWORD) {
    const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
    });
    const page = await context.newPage();
    watch(page);
    await page.goto(`${base}/web/login`);
    await page.fill("#login", login);
    await page.fill("#password", password);
    await page.press("#password", "Enter");
    await page.waitForSelector(".o_main_navbar", { timeout: 90000 });
    await settle(page);
    return page;
}

function watch(page) {
    page.open = new Set();
    page.faults = [];
    page.on("request", (request) => {
        if (!ASIDE.test(request.url())) {
            page.open.add(request);
        }
    });
    // An answer whose body nobody reads is never told to be finished.
    page.on("response", (response) => page.open.delete(response.request()));
    page.on("requestfailed", (request) => page.open.delete(request));
    page.on("pageerror", (error) => page.faults.push(error.message));
}

/* Until nothing has been asked of the server for a moment. */
export async function settle(page) {
    const end = Date.now() + PATIENCE;
    let since = Date.now();
    while (Date.now() < end && Date.now() - since < QUIET) {
        await page.waitForTimeout(50);
        if (page.open.size) {
            since = Date.now();
        }
    }
    await page
        .waitForFunction(() => !document.querySelector(".o_blockUI"), null, {
            timeout: PATIENCE,
        })
        .catch(() => page.faults.push("the screen stays blocked"));
}

/* A method of a model, asked as the person who is signed in. */
export async function call(page, model, method, args = [], kwargs = {}) {
    return page.evaluate(
        async ([model, method, args, kwargs]) => {
            const { orm } = window.odoo.__WOWL_DEBUG__.root.env.services;
            try {
                return await orm.call(model, method, args, kwargs);
            } catch (error) {
                const said = error.data?.message ?? error.message;
                throw new Error(`${model}.${method}: ${said}`, { cause: error });
            }
        },
        [model, method, args, kwargs],
    );
}

/* Open a page of the web client by its address. */
export async function open(page, base, path) {
    await settle(page);
    // Not every request that a new page cuts off is told to have failed.
    page.open.clear();
    await page.goto(`${base}/odoo/${path}`);
    await page.waitForSelector(".o_action_manager > *");
    await settle(page);
}

/* Whether a part of the page comes within the time that we wait. */
const comes = (part) =>
    part.waitFor({ timeout: PATIENCE }).then(
        () => true,
        () => false,
    );

/* Search the list that is open for a text. A field that is filled while the client still
   draws it anew loses the text, so it is written again until it has been taken. */
export async function searchFor(page, text, tries = 5) {
    const input = page.locator(".o_searchview_input");
    const facet = page.locator(`.o_searchview_facet:has-text("${text}")`);
    await input.waitFor();
    for (let left = tries; left; left -= 1) {
        await settle(page);
        await input.fill(text);
        const offered = page.locator(".o_searchview_autocomplete .o-dropdown-item");
        if (await comes(offered.first())) {
            await input.press("Enter");
            if (await comes(facet)) {
                break;
            }
        }
    }
    await facet.waitFor({ timeout: PATIENCE });
    await settle(page);
}

/* Do an action by its name or its values; whether it could be done. */
export async function act(page, action, context = {}) {
    const fault = await page.evaluate(
        async ([action, additionalContext]) => {
            const { action: service } = window.odoo.__WOWL_DEBUG__.root.env.services;
            try {
                await service.doAction(action, { additionalContext });
            } catch (error) {
                return error.data?.message ?? error.message;
            }
            return "";
        },
        [action, context],
    );
    await settle(page);
    return fault;
}

/* Close whatever lies over the page; a menu that is open keeps Tab to itself. */
export async function closeDialogs(page) {
    if (await page.locator(".o-dropdown--menu:visible").count()) {
        await page.keyboard.press("Escape");
    }
    for (let step = 0; step < 5; step += 1) {
        const close = page.locator(".modal .btn-close, .modal [special=cancel]");
        if (!(await page.locator(".modal").count())) {
            return;
        }
        await close
            .last()
            .click({ timeout: 2000 })
            .catch(() => page.keyboard.press("Escape"));
        await settle(page);
    }
}

/* One screen after the other, and the lines of what is wrong at the end. */
export function report(what, checked, faults) {
    process.stdout.write(`${what}: ${checked} checks, ${faults.length} faults\n`);
    for (const fault of new Set(faults)) {
        process.stdout.write(`- ${fault}\n`);
    }
    process.exitCode = faults.length ? 1 : 0;
}
