/* Leaving at once and leaving alone, in a real browser, with a clock that is turned.

   node tests/browser/safety.mjs http://localhost:8069 [folder for pictures]

   KLAGE_SHORT=1 takes each language at one width; KLAGE_COOKIE="name=value" is sent
   along, which a server under test asks for. What is behind the way out is not asked
   for: it is on the web of others.
*/
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const isShort = Boolean(process.env.KLAGE_SHORT);
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LANGUAGES = ["nb", "sv", "en"];
const WIDTHS = [390, 320, 1280];
const TEXT = "The food is cold.\nEvery day.";
const LONGER_THAN_THE_TIME_TRAP = 3500;
const MINUTE = 60 * 1000;

const faults = [];
let checked = 0;

function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

async function open(browser, options = {}) {
    const context = await browser.newContext(options);
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    await context.addInitScript(axeSource);
    await context.route(
        (url) => !url.href.startsWith(base),
        (route) => route.fulfill({ contentType: "text/html", body: "<p>elsewhere" }),
    );
    return [context, await context.newPage()];
}

async function inspect(page, state) {
    await page.waitForLoadState();
    const name = `${state}-${page.viewportSize().width}`;
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(wide <= 0, `${name}: ${wide} px wider than the window`);
    const result = await page.evaluate(
        (values) => window.axe.run(document, { runOnly: { type: "tag", values } }),
        RULES,
    );
    for (const { id, nodes } of result.violations) {
        const places = nodes.map((node) => node.target.join(" ")).join(", ");
        expect(false, `${name}: ${id} at ${places}`);
    }
    checked += result.passes.length;
    if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}.png`) });
    }
}

async function fill(page) {
    // What is voluntary is folded.
    await page.evaluate(() => {
        document.querySelectorAll("#main details").forEach((one) => {
            one.open = true;
        });
    });
    for (const name of ["anonymity", "kind", "complainant_kind"]) {
        const first = page.locator(`[name="${name}"]`).first();
        if (await first.count()) {
            await first.check();
        }
    }
    await page.fill('[name="description"]', TEXT);
}

/* Send a complaint and return the page with its receipt. */
async function complain(page, slug, lang) {
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    await fill(page);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("form[enctype] button.primary");
    return (await page.textContent("p.secret")).trim();
}

async function enter(page, code, lang) {
    await page.goto(`${base}/klage/status?lang=${lang}`);
    await page.fill("#code", code);
    await page.click("button.primary");
    await page.waitForSelector("#s-state");
    await page.waitForLoadState();
}

const sees = (page, text) =>
    page.evaluate((words) => document.body.innerText.includes(words), text);

/* Whether it is in sight soon. */
const comes = (locator) =>
    locator.waitFor({ timeout: 10000 }).then(
        () => true,
        () => false,
    );

async function cover(browser, slug, lang, viewport) {
    const [context, page] = await open(browser, { viewport });
    await page.clock.install();
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    await fill(page);
    await page.clock.runFor(4 * MINUTE - 5000);
    expect((await page.locator("#idle p").count()) === 0, "warned early");
    await page.clock.runFor(10000);
    await inspect(page, `${lang}-form-warned`);
    expect((await page.locator("#idle button").count()) > 0, "no warning");
    await page.keyboard.press("Shift");
    expect(
        (await page.locator("#idle p").count()) === 0,
        "a key takes no warning away",
    );
    await page.clock.runFor(4 * MINUTE + 5000);
    expect((await page.locator("dialog").count()) === 0, "a key did not extend");
    await page.clock.runFor(MINUTE);
    await inspect(page, `${lang}-form-covered`);
    expect(await page.locator("dialog[open]").isVisible(), "not covered");
    expect(!(await page.locator("textarea").first().isVisible()), "text is in sight");
    const focused = () => page.evaluate(() => document.activeElement.dataset.do);
    expect((await focused()) === "show", "the cover is not focused");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() =>
        document.activeElement.closest("dialog, body"),
    );
    expect(where !== null, "the focus is behind the cover");
    await page.click("[data-do=show]");
    expect(
        (await page.inputValue('[name="description"]')) === TEXT,
        "the text is lost",
    );
    expect(await comes(page.locator("textarea").first()), "not shown again");
    // A machine that slept: its timers come late, and the first key shows nothing.
    await page.clock.setSystemTime(Date.now() + 60 * MINUTE);
    await page.keyboard.press("Shift");
    expect(await page.locator("dialog[open]").isVisible(), "not covered after a sleep");
    await page.click("[data-do=leave]");
    await page.waitForURL((url) => !url.href.startsWith(base));
    await context.close();
}

async function leave(browser, slug, lang, viewport) {
    const [context, page] = await open(browser, { viewport });
    page.on("dialog", (dialog) => {
        expect(false, `asked on leaving: ${dialog.type()}`);
        dialog.accept();
    });
    await page.goto(`${base}/web/health`);
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    await page.evaluate(() => {
        window.addEventListener("beforeunload", (event) => event.preventDefault());
    });
    await fill(page);
    const title = await page.title();
    expect(!/klag|complain|synpunkt/i.test(title), `history would say: ${title}`);
    await page.locator("aside summary").click();
    await inspect(page, `${lang}-form-limits`);
    await page.click("#leave");
    await page.waitForURL((url) => !url.href.startsWith(base));
    await page.goBack();
    expect(page.url().endsWith("/web/health"), `Back shows ${page.url()}`);
    await context.close();
}

async function empty(browser, slug, lang, viewport) {
    const [context, page] = await open(browser, { viewport });
    const code = await complain(page, slug, lang);
    await page.clock.install();
    await enter(page, code, lang);
    await page.clock.runFor(4 * MINUTE + 5000);
    await inspect(page, `${lang}-status-warned`);
    expect(
        !(await page.locator("[data-do=send]").isVisible()),
        "offers to send nothing",
    );
    await page.click("[data-do=stay]");
    await page.fill("#text-write", "There is more.");
    await page.clock.runFor(4 * MINUTE + 5000);
    await inspect(page, `${lang}-status-draft`);
    if (!(await page.locator("[data-do=send]").count())) {
        // What looks through the page has moved it, which is a sign of life.
        await page.clock.runFor(4 * MINUTE + 5000);
    }
    await page.click("[data-do=send]");
    await page.waitForSelector("#done");
    // The clock is turned on for a script that has begun to count.
    await page.waitForLoadState();
    expect(await sees(page, "There is more."), "the draft was not sent");
    await page.clock.runFor(5 * MINUTE + 5000);
    await page.waitForURL(/closed=1/);
    await page.waitForSelector("#code");
    await inspect(page, `${lang}-status-emptied`);
    expect(!(await sees(page, "There is more.")), "the page is not empty");
    await page.goBack();
    await page.waitForLoadState();
    expect(!(await sees(page, "There is more.")), "Back shows the case");
    await context.close();
}

/* The receipt is gone once the code is kept: Back, reload, sent again, another window. */
async function keep(browser, slug, lang, viewport) {
    const [context, page] = await open(browser, { viewport });
    const code = await complain(page, slug, lang);
    await page.reload();
    expect(await sees(page, code), "reloaded before it was kept, the code is lost");
    const [again] = await Promise.all([
        page.evaluate(() => document.title),
        page.waitForSelector("#kept"),
    ]);
    expect(!/klag|complain|synpunkt/i.test(again), `history would say: ${again}`);
    await inspect(page, `${lang}-receipt`);
    await page.click('#kept button[type="submit"]');
    await page.waitForSelector("#code");
    await inspect(page, `${lang}-kept`);
    const isGone = async (where) => {
        await page.waitForLoadState();
        for (const words of [code, TEXT.split("\n")[0]]) {
            expect(!(await sees(page, words)), `${where} shows “${words}”`);
        }
    };
    await page.goBack();
    await isGone("Back");
    await page.reload();
    await isGone("reloading after Back");
    await page.goBack();
    await isGone("Back again");
    await page.goForward();
    await isGone("Forward");
    await context.close();
}

/* Without a script nothing is covered, and the page says so. */
async function withoutScript(browser, slug, lang) {
    const [context, page] = await open(browser, { javaScriptEnabled: false });
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    expect(await page.locator("noscript .note").isVisible(), "nothing is said");
    await page.click("#leave");
    await page.waitForURL((url) => !url.href.startsWith(base));
    await context.close();
}

const browser = await launch();
const [context, page] = await open(browser);
await page.goto(`${base}/klage`);
const links = await page
    .locator(".cards a")
    .evaluateAll((all) => all.map((a) => a.pathname));
const path = links.length ? links[0] : new URL(page.url()).pathname;
const slug = path.replace("/klage/", "");
await context.close();
const runs = LANGUAGES.flatMap((lang, place) =>
    (isShort ? [WIDTHS[place]] : WIDTHS).map((width) => [lang, width]),
);
for (const [lang, width] of runs) {
    const walks = [cover, leave, empty, keep, withoutScript];
    await Promise.all(
        walks.map((walk) =>
            walk(browser, slug, lang, { width, height: 800 }).catch((error) => {
                expect(false, `${lang} ${walk.name}: ${error.message}`);
            }),
        ),
    );
}
await browser.close();
process.stdout.write(`${checked} checks, ${faults.length} faults\n`);
for (const fault of new Set(faults)) {
    process.stdout.write(`- ${fault}\n`);
}
process.exitCode = faults.length ? 1 : 0;
