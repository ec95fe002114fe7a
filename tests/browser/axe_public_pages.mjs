/* The public pages in a real browser: axe, reflow, keyboard, without script, no traces.

   node tests/browser/axe_public_pages.mjs http://localhost:8069 [folder for pictures]

   KLAGE_SHORT=1 takes two forms at two sizes; KLAGE_COOKIE="name=value" is sent along,
   which a server under test asks for. KLAGE_LOGIN="login:password" walks through the
   own complaints of that user too.
*/
import process from "node:process";

import { launch } from "./chromium.mjs";
import {
    LONGER_THAN_THE_TIME_TRAP,
    base,
    conclude,
    cookieName,
    expect,
    inspect,
    isShort,
    open,
    openAll,
    signIn,
} from "./public.mjs";

// A page zoomed to 200 % has half as many CSS pixels.
const SIZES = {
    desktop: { viewport: { width: 1280, height: 900 } },
    phone: { viewport: { width: 360, height: 740 } },
    narrow: { viewport: { width: 320, height: 640 } },
    zoomed: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};
const CHOICES = ["anonymity", "kind", "complainant_kind", "wants_reply", "categories"];

async function fill(page) {
    await openAll(page);
    for (const name of CHOICES) {
        const first = page.locator(`[name="${name}"]`).first();
        if (await first.count()) {
            await first.check();
        }
    }
    await page.fill('[name="description"]', "The food is cold.\nEvery day.");
    if (await page.locator('[name="email"]').count()) {
        await page.fill('[name="email"]', "kari@example.com");
    }
}

async function walk(browser, size, lang, slug) {
    const [context, page] = await open(browser, SIZES[size]);
    const prefix = `${slug}-${lang}-${size}`;
    await page.goto(`${base}/klage?lang=${lang}`);
    await inspect(page, `${prefix}-1-list`);
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    await inspect(page, `${prefix}-2-form`);
    await openAll(page);
    await inspect(page, `${prefix}-2-form-open`);
    await page.click("button.primary");
    await inspect(page, `${prefix}-3-errors`);
    const focused = await page.evaluate(() => document.activeElement.id);
    expect(
        focused === "errors",
        `${prefix}: the errors are not focused but ${focused}`,
    );
    await fill(page);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await inspect(page, `${prefix}-4-receipt`);
    const code = (await page.textContent("p.secret")).trim();
    const broken = await page.evaluate(() =>
        [...document.querySelectorAll(".secret .group")].some(
            (group) => group.getClientRects().length > 1,
        ),
    );
    expect(!broken, `${prefix}: the code wraps inside a group`);
    await page.goto(`${base}/klage/status?lang=${lang}`);
    await inspect(page, `${prefix}-5-status`);
    await openAll(page);
    await page.fill("#code", (code[0] === "7" ? "8" : "7") + code.slice(1));
    await page.click("button.primary");
    await inspect(page, `${prefix}-6-wrong-code`);
    const kept = await page.inputValue("#code");
    expect(kept.slice(1) === code.slice(1), `${prefix}: the typed code is lost`);
    await page.fill("#code", code);
    await page.click("button.primary");
    await inspect(page, `${prefix}-7-case`);
    expect(!page.url().includes(code), `${prefix}: the code is in the address`);
    await walkDialogue(page, prefix);
    const cookies = (await context.cookies()).filter(({ name }) => name !== cookieName);
    expect(cookies.length === 0, `${prefix}: a cookie was set`);
    await context.close();
}

/* Stay anonymous, then say who one is: ask, stumble, look through, confirm. */
async function walkNaming(browser, size, lang, slug) {
    const [context, page] = await open(browser, SIZES[size]);
    const prefix = `${slug}-${lang}-${size}`;
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    if (await page.locator('[name="anonymity"][value="anonymous"]').count()) {
        await fill(page);
        await page.check('[name="anonymity"][value="anonymous"]');
        await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
        await page.click("button.primary");
        await page.waitForSelector("p.secret");
        const code = await page.textContent("p.secret");
        await page.goto(`${base}/klage/status?lang=${lang}`);
        await page.fill("#code", code);
        await page.click("button.primary");
        await inspect(page, `${prefix}-8-anonymous-case`);
        const send = page.locator('form[action*="identity"] button');
        await openAll(page);
        await send.click();
        await inspect(page, `${prefix}-9-naming-errors`);
        const focused = await page.evaluate(() => document.activeElement.id);
        expect(focused === "errors", `${prefix}: naming errors are not focused`);
        await page.locator('[name="anonymity"][value="protected"]').check();
        await page.fill('[name="name"]', "Kari Nordmann");
        await send.click();
        await inspect(page, `${prefix}-10-naming-confirm`);
        expect(!(await page.content()).includes(code), `${prefix}: code in the page`);
        await page.click('[value="confirm"]');
        await inspect(page, `${prefix}-11-named`);
        expect(
            (await page.locator('form[action*="identity"]').count()) === 0,
            `${prefix}: a named person is asked again`,
        );
    }
    await context.close();
}

/* From the page of a case: write, stumble, ask, withdraw, report, each state looked at. */
async function walkDialogue(page, prefix) {
    const press = (act) => page.click(`form[action*="/${act}?"] button`);
    const focused = () => page.evaluate(() => document.activeElement.id);
    await openAll(page);
    await inspect(page, `${prefix}-20-all-open`);
    await press("write");
    await inspect(page, `${prefix}-21-nothing-written`);
    expect((await focused()) === "errors", `${prefix}: no focus on what is wrong`);
    await page.fill("#text-write", "There is more.\nAnd a file.");
    await page.setInputFiles("#files-write", {
        name: "note.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("plain words"),
    });
    await press("write");
    await inspect(page, `${prefix}-22-written`);
    expect((await focused()) === "done", `${prefix}: no focus on what was done`);
    expect(
        (await page.content()).includes("There is more."),
        `${prefix}: what was written is not shown`,
    );
    await openAll(page);
    await page.fill('[id="text-reprisal"]', "They took my shift away.");
    await press("reprisal");
    await inspect(page, `${prefix}-23-reprisal`);
    expect((await page.locator("p.secret").count()) === 1, `${prefix}: no new code`);
    await openAll(page);
    await press("withdraw");
    await inspect(page, `${prefix}-24-withdraw-asked`);
    await press("withdraw");
    await inspect(page, `${prefix}-25-withdrawn`);
}

/* Follow the own complaints of who is signed in: the list, a new one, its page. */
async function walkMine(browser, size, lang, slug) {
    const [context, page] = await open(browser, SIZES[size]);
    const prefix = `my-${slug}-${lang}-${size}`;
    await signIn(page);
    await page.goto(`${base}/my/complaints?lang=${lang}`);
    await inspect(page, `${prefix}-30-list`);
    await page.goto(`${base}/my/complaints/new?lang=${lang}`);
    await inspect(page, `${prefix}-31-organisations`);
    await page.goto(`${base}/my/complaints/new/${slug}?lang=${lang}`);
    await inspect(page, `${prefix}-32-form`);
    await fill(page);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await inspect(page, `${prefix}-33-receipt`);
    await page.goto(`${base}/my/complaints?lang=${lang}`);
    await page.locator(".cards a").first().click();
    await inspect(page, `${prefix}-34-case`);
    await walkDialogue(page, prefix);
    await context.close();
}

/* Send the form with the keyboard only and read the status page, without any script. */
async function walkByKeyboard(browser, slug) {
    const [context, page] = await open(browser, { javaScriptEnabled: false });
    await page.goto(`${base}/klage/${slug}`);
    const seen = new Set();
    for (let step = 0; step < 200; step += 1) {
        await page.keyboard.press("Tab");
        const { name, type, isPrimary } = await page.evaluate(() => ({
            isPrimary: document.activeElement.className === "primary",
            name: document.activeElement.name ?? "",
            type: document.activeElement.type ?? "",
        }));
        expect(name !== "website", "keyboard: the trap can be reached");
        if (type === "radio" && !seen.has(name)) {
            await page.keyboard.press("Space");
        } else if (name === "categories" && !seen.has(name)) {
            await page.keyboard.press("Space");
        } else if (name === "description") {
            await page.keyboard.type("Sent by keyboard.");
        } else if (name === "email") {
            await page.keyboard.type("kari@example.com");
        } else if (isPrimary) {
            break;
        }
        seen.add(name);
    }
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.keyboard.press("Enter");
    await page.waitForSelector("p.secret", { timeout: 10000 }).catch(() => {
        expect(false, "keyboard: no receipt came");
    });
    await context.close();
}

const browser = await launch();
const [context, page] = await open(browser, SIZES.desktop);
await page.goto(`${base}/klage`);
const links = await page
    .locator(".cards a")
    .evaluateAll((all) => all.map((a) => a.pathname));
const found = (links.length ? links : [new URL(page.url()).pathname]).map((path) =>
    path.replace("/klage/", ""),
);
const slugs = isShort ? found.slice(0, 2) : found;
const sizes = isShort ? ["desktop", "phone"] : Object.keys(SIZES);
await context.close();
for (const slug of slugs) {
    for (const lang of ["nb", "sv"]) {
        await Promise.all(sizes.map((size) => walk(browser, size, lang, slug)));
        await Promise.all(sizes.map((size) => walkNaming(browser, size, lang, slug)));
    }
    await walkByKeyboard(browser, slug);
    if (process.env.KLAGE_LOGIN) {
        for (const size of sizes) {
            await walkMine(browser, size, "nb", slug);
        }
    }
}
await browser.close();
conclude(`${slugs.length} forms`);
