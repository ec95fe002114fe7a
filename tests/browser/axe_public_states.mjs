/* The public pages that need something to have happened, in a real browser with axe:
   the cases of people in every state, their own list, the published reports, documents
   on request, and the form in easy words step by step.

   node tests/browser/axe_public_states.mjs http://localhost:8069 [folder for pictures]

   KLAGE_SLUGS names the organisations, KLAGE_CODES the codes of cases, KLAGE_REPORTS the
   organisations with a published report; each with commas between. KLAGE_LOGIN=
   "login:password" is somebody with own complaints, KLAGE_INSPECTOR an inspector. KLAGE_SHORT=1 takes each language at
   one width; KLAGE_COOKIE="name=value" is sent along, which a server under test asks for.
*/
import process from "node:process";

import { launch } from "./chromium.mjs";
import {
    LONGER_THAN_THE_TIME_TRAP,
    base,
    conclude,
    expect,
    inspect,
    isShort,
    open,
    openAll,
    signIn,
} from "./public.mjs";

const LANGUAGES = ["nb", "sv", "en"];
const WIDTHS = [390, 320, 1280];
const MOST_STEPS = 20;
// What is pressed or filled in where there is a choice, so that every step is asked.
const PRESSED = { danger: "yes", anonymity: "open", reply_channel: "letter" };
const [SLUGS, CODES, REPORTS] = ["SLUGS", "CODES", "REPORTS"].map((name) =>
    (process.env[`KLAGE_${name}`] ?? "").split(",").filter(Boolean),
);

/* One page as it comes, in the long form only, and with everything open. */
async function inspectBoth(page, name) {
    if (!isShort) {
        await inspect(page, name);
    }
    await openAll(page);
    await inspect(page, `${name}-open`);
}

/* Answer the step that is shown; nothing where it says so. */
async function answer(page) {
    const buttons = page.locator(".choices button");
    if (await buttons.count()) {
        const name = await buttons.first().getAttribute("name");
        const wanted = page.locator(`button[name="${name}"][value="${PRESSED[name]}"]`);
        await ((await wanted.count()) ? wanted : buttons.first()).click();
        return;
    }
    const box = page.locator('form.easy input[type="checkbox"][value="interpreter"]');
    if (await box.count()) {
        await box.check();
    }
    const texts = page.locator(
        'form.easy textarea, form.easy input[type="text"]:not(.trap *), form.easy input[type="email"], form.easy input[type="tel"]',
    );
    for (const text of await texts.all()) {
        const type = await text.getAttribute("type");
        await text.fill(type === "email" ? "kari@example.com" : "44 44 44 44");
    }
    await page.click("button.primary");
}

async function walkEasy(page, prefix, lang, slug) {
    await page.goto(`${base}/klage/${slug}/enkelt?lang=${lang}`);
    const opened = Date.now();
    const seen = new Set();
    for (let step = 0; step < MOST_STEPS; step += 1) {
        const isDone = await page.locator("p.secret").count();
        const name = isDone
            ? "receipt"
            : await page.inputValue('form.easy [name="step"]');
        await inspectBoth(page, `${prefix}-easy-${name}`);
        if (isDone) {
            return;
        }
        if (name === "description" && !seen.has(name)) {
            await page.click("button.primary");
            await inspect(page, `${prefix}-easy-nothing-written`);
            expect(
                await page.locator("#errors").count(),
                `${prefix}: no fault is told`,
            );
        }
        if (name === "check") {
            const left = LONGER_THAN_THE_TIME_TRAP - (Date.now() - opened);
            await page.waitForTimeout(Math.max(left, 0));
        }
        seen.add(name);
        await answer(page);
        await page.waitForLoadState();
    }
    expect(false, `${prefix}: the easy words came to no end (${[...seen]})`);
}

/* Documents on request, where a public body has to answer. */
async function walkAccess(page, prefix, lang, slug) {
    const answer = await page.goto(`${base}/klage/${slug}/innsyn?lang=${lang}`);
    if (answer.status() === 404) {
        return;
    }
    await inspectBoth(page, `${prefix}-access`);
    await page.click("button.primary");
    await inspect(page, `${prefix}-access-nothing-written`);
    await page.fill("#wish", "2026-1");
    await page.click("button.primary");
    await inspect(page, `${prefix}-access-receipt`);
    const code = await page.locator("p.secret").textContent();
    await page.goto(`${base}/klage/innsyn/svar?lang=${lang}`);
    await inspect(page, `${prefix}-access-code`);
    await page.fill("#code", "7");
    await page.click("button.primary");
    await inspect(page, `${prefix}-access-wrong-code`);
    await page.fill("#code", code.trim());
    await page.click("button.primary");
    await page.waitForSelector("#s-answer").catch(() => {
        expect(false, `${prefix}: no answer on documents is shown`);
    });
    await inspectBoth(page, `${prefix}-access-answer`);
}

async function walkReport(browser, options, prefix, lang, slug) {
    const [context, page] = await open(browser, { ...options, bypassCSP: true });
    await page.goto(`${base}/klage/${slug}/statistikk?lang=${lang}`);
    await inspectBoth(page, `${prefix}-statistics`);
    const report = page.locator('a[href$=".html"]').first();
    await page.goto(base + (await report.getAttribute("href")));
    await inspect(page, `${prefix}-report`);
    await context.close();
}

async function walkCase(page, prefix, lang, code) {
    await page.goto(`${base}/klage/status?lang=${lang}`);
    await page.fill("#code", code);
    await page.click("button.primary");
    await page.waitForSelector("#s-state").catch(() => {
        expect(false, `${prefix}: no case is shown`);
    });
    await inspectBoth(page, prefix);
}

async function walkMine(browser, options, prefix, lang) {
    const [context, page] = await open(browser, options);
    await signIn(page);
    const list = `${base}/my/complaints?lang=${lang}`;
    await page.goto(list);
    await inspect(page, `${prefix}-my-list`);
    const count = await page.locator(".cards a").count();
    expect(count > 0, `${prefix}: there are no own complaints`);
    for (let number = 0; number < count; number += 1) {
        await page.goto(list);
        await page.locator(".cards a").nth(number).click();
        await inspectBoth(page, `${prefix}-my-case-${number}`);
    }
    await context.close();
}

/* What an inspector reads: each list, a case that is not opened yet, and opened. */
async function walkInspection(browser, options, prefix, lang) {
    const [context, page] = await open(browser, options);
    await signIn(page, process.env.KLAGE_INSPECTOR);
    expect(page.url().includes("/my/inspection"), `${prefix}: led to ${page.url()}`);
    for (const list of ["late", "refused", "opened", "all", "sample"]) {
        await page.goto(`${base}/my/inspection?list=${list}&lang=${lang}`);
        await inspectBoth(page, `${prefix}-inspection-${list}`);
    }
    await page.locator(".cards a").first().click();
    await page.waitForLoadState();
    // Another width may have opened it already.
    const button = page.locator("form button.primary");
    if (await button.count()) {
        await inspect(page, `${prefix}-inspection-shut-case`);
        await button.click();
        await page.waitForLoadState();
    }
    expect(await page.locator("#s-0").count(), `${prefix}: the case is not read`);
    await inspect(page, `${prefix}-inspection-case`);
    await context.close();
}

async function walk(browser, lang, width) {
    const options = { viewport: { width, height: 740 } };
    const prefix = `${lang}-${width}`;
    const [context, page] = await open(browser, options);
    for (const slug of SLUGS) {
        await walkEasy(page, `${prefix}-${slug}`, lang, slug);
        await walkAccess(page, `${prefix}-${slug}`, lang, slug);
    }
    for (const [number, code] of CODES.entries()) {
        await walkCase(page, `${prefix}-case-${number}`, lang, code);
    }
    await context.close();
    for (const slug of REPORTS) {
        await walkReport(browser, options, `${prefix}-${slug}`, lang, slug);
    }
    if (process.env.KLAGE_LOGIN) {
        await walkMine(browser, options, prefix, lang);
    }
    if (process.env.KLAGE_INSPECTOR) {
        await walkInspection(browser, options, prefix, lang);
    }
}

const browser = await launch();
for (const [index, lang] of LANGUAGES.entries()) {
    const widths = isShort ? WIDTHS.slice(index, index + 1) : WIDTHS;
    await Promise.all(widths.map((width) => walk(browser, lang, width)));
}
await browser.close();
conclude(`${SLUGS.length} forms in easy words, ${CODES.length} cases`);
