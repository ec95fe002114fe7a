/* The whole way in a browser, in Norwegian and in Swedish: a person writes on the public
   page, a manager confirms, answers and closes, and the person reads it with the code.

   node tests/browser/journey.mjs http://localhost:8069 [folder for pictures]

   It needs the example organisations of `make run`, and leaves two cases behind.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const WAYS = [
    {
        slug: "lepro",
        lang: "nb",
        login: "leder.lepro",
        text: "Det er kaldt i kantina.",
    },
    {
        slug: "gislaved",
        lang: "sv",
        login: "kommundirektor.gislaved",
        text: "Det är kallt i matsalen.",
    },
];

async function picture(page, name) {
    await page.waitForTimeout(1200);
    if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}.png`) });
    }
}

async function write(browser, way) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${base}/klage/${way.slug}?lang=${way.lang}`);
    await page.evaluate(() => {
        for (const fold of document.querySelectorAll(".fold")) {
            fold.open = true;
        }
    });
    for (const name of ["anonymity", "kind", "complainant_kind", "wants_reply"]) {
        const first = page.locator(`[name="${name}"]`).first();
        if (await first.count()) {
            await first.check();
        }
    }
    await page.fill('[name="description"]', way.text);
    if (await page.locator('[name="email"]').count()) {
        await page.fill('[name="email"]', "kari@example.com");
    }
    await page.waitForTimeout(3500); // the form asks for the time a person needs
    await page.click("button.primary");
    await page.waitForSelector("p.secret");
    const code = (await page.textContent("p.secret")).trim();
    await picture(page, `${way.lang}-1-receipt`);
    await context.close();
    return code;
}

async function dialog(page, button) {
    await page.click(`.o_statusbar_buttons button#${button}, button#${button}`);
    await page.waitForSelector(".modal .o_form_view");
}

async function work(browser, way) {
    const context = await browser.newContext({
        viewport: { width: 1500, height: 950 },
    });
    const page = await context.newPage();
    await page.goto(`${base}/web/login`);
    await page.fill("#login", way.login);
    await page.fill("#password", "example");
    await page.click("button[type=submit]");
    await page.waitForSelector(".o_main_navbar");
    await page.goto(`${base}/odoo/complaints`);
    await page.click(`.o_kanban_record:has-text("${way.text}")`);
    await page.waitForSelector(".o_statusbar_buttons");
    await picture(page, `${way.lang}-2-received`);
    await dialog(page, "button_acknowledge");
    const day = new Date(Date.now() + 20 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    const expected = page.locator('.modal [name="expected_on"] input');
    if (await expected.count()) {
        const [y, m, d] = day.split("-");
        await expected.fill(way.lang === "nb" ? `${d}.${m}.${y}` : day);
        await expected.press("Tab");
    }
    await picture(page, `${way.lang}-3-acknowledge`);
    await page.click('.modal button[name="action_send"]');
    await page.waitForSelector(".modal", { state: "detached" });
    await picture(page, `${way.lang}-4-acknowledged`);
    await page.click('button[name="action_investigate"] >> visible=true');
    await page.waitForTimeout(1500);
    await dialog(page, "button_answer");
    await page.fill('.modal [name="remedy"] textarea', "OK!");
    await page.check('.modal [name="is_every_point_answered"] input');
    await picture(page, `${way.lang}-5-answer`);
    await page.click('.modal button[name="action_send"]');
    await page.waitForSelector(".modal", { state: "detached" });
    await page.waitForTimeout(1500);
    await dialog(page, "button_close");
    await page.click('.modal [name="outcome"] input');
    await picture(page, `${way.lang}-6-close`);
    await page.locator(".o_select_menu_item").first().click();
    await page.click(".modal footer .btn-primary");
    await page.waitForSelector(".modal", { state: "detached" });
    await picture(page, `${way.lang}-7-closed`);
    await context.close();
}

async function read(browser, way, code) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${base}/klage/status?lang=${way.lang}`);
    await page.fill("#code", code);
    await page.click("button.primary");
    const text = await page.textContent("main");
    if (pictures) {
        await page.screenshot({
            path: join(pictures, `${way.lang}-8-status.png`),
            fullPage: true,
        });
    }
    await context.close();
    return text.includes("OK!");
}

const browser = await launch();
let failed = 0;
for (const way of WAYS) {
    const code = await write(browser, way);
    await work(browser, way);
    const isRead = await read(browser, way, code);
    failed += isRead ? 0 : 1;
    process.stdout.write(`${way.slug}: ${isRead ? "the answer was read" : "FAILED"}\n`);
}
await browser.close();
process.exitCode = failed ? 1 : 0;
