/* What was typed into the public form survives, in a real browser: each way to lose it,
   with and without a script.

   node tests/browser/survival.mjs http://localhost:8069

   KLAGE_COOKIE="name=value" is sent along, which a server under test asks for. It takes
   the first form with a question for files, and leaves no case behind.
*/
import process from "node:process";

import { launch } from "./chromium.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const TEXT = "It was cold & dark.\nNobody <answered>.";
const NAME = "Kari Canary";
const MEGABYTE = 1024 * 1024;
const file = (name, size) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.alloc(size, "x"),
});

const faults = [];
let checked = 0;

function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

async function begin(browser, hasScript) {
    const context = await browser.newContext({ javaScriptEnabled: hasScript });
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    const page = await context.newPage();
    await page.goto(`${base}/klage`);
    if (await page.locator(".cards a").count()) {
        await page.locator(".cards a").first().click();
    }
    await page.waitForSelector("#complaint");
    await page.fill('[name="description"]', TEXT);
    await page.fill('[name="name"]', NAME);
    return [context, page];
}

/* Wait for the answer, whether the browser fetches it or the script. */
async function settle(page) {
    await page.waitForLoadState();
    await page.waitForSelector('main:not([aria-busy="true"])');
}

async function press(page, selector = "button.primary") {
    await page.click(selector);
    await settle(page);
}

async function isKept(page) {
    const text = page.locator('#complaint [name="description"]');
    const isForm = (await text.count()) === 1;
    const hidden = page.locator('input[type="hidden"][name="description"]');
    const value = isForm
        ? await text.inputValue()
        : (await hidden.count()) && (await hidden.first().inputValue());
    return value === TEXT || value === TEXT.replace("\n", "\r\n");
}

/* The ways to lose it: each does it, and says what is promised then. */
const WAYS = {
    async "another language"(page) {
        await press(page, 'nav button[lang="sv"]');
        const lang = await page.getAttribute("html", "lang");
        expect(lang === "sv", "the language did not change");
        return "kept";
    },
    async "a link at the foot"(page) {
        const [other] = await Promise.all([
            page.context().waitForEvent("page"),
            page.locator("footer a").last().click(),
        ]);
        await other.close();
        return "kept";
    },
    async "a fault to correct"(page) {
        await press(page);
        return "kept";
    },
    async "too much at once (413)"(page) {
        await page.route("**/klage/**", async (route) => {
            const isSent = route.request().method() === "POST";
            await (isSent
                ? route.fulfill({ status: 413, body: "<html></html>" })
                : route.continue());
        });
        return "413";
    },
    async "a fault of the server (500)"(page) {
        await page.route("**/klage/**", async (route) => {
            const isSent = route.request().method() === "POST";
            await (isSent
                ? route.fulfill({ status: 500, body: "<html></html>" })
                : route.continue());
        });
        return "500";
    },
    async "no network"(page) {
        await page.context().setOffline(true);
        return "dead";
    },
};

async function tryWay(browser, way, hasScript) {
    const [context, page] = await begin(browser, hasScript);
    const promise = await WAYS[way](page);
    const name = `${way}, ${hasScript ? "with" : "without"} a script`;
    if (promise === "kept") {
        expect(await isKept(page), `${name}: lost`);
    } else if (hasScript) {
        await press(page);
        const said = await page.textContent("#live");
        expect(said.trim().length > 20, `${name}: nothing is said`);
        expect(await isKept(page), `${name}: lost`);
    }
    // What the server answers without a script: tests/form/test_survival.py.
    await context.close();
}

/* Reload, Back and closing: a question is asked with a script, and said without. */
async function tryLeaving(browser) {
    const [context, page] = await begin(browser, true);
    let asked = 0;
    page.on("dialog", async (dialog) => {
        asked += dialog.type() === "beforeunload" ? 1 : 0;
        await dialog.dismiss();
    });
    await page.click('[name="description"]');
    await page.keyboard.type(" ");
    await page.reload({ timeout: 3000 }).catch(() => undefined);
    expect(asked === 1, "reload: no question was asked");
    await page.fill('[name="description"]', TEXT);
    await page.goBack({ timeout: 3000 }).catch(() => undefined);
    expect(asked === 2, "back: no question was asked");
    expect(await isKept(page), "leaving: lost");
    // Who must be gone at once is not asked.
    await page.evaluate(() => {
        const exit = document.createElement("a");
        exit.href = "/klage/status";
        exit.dataset.exit = "";
        exit.id = "exit-under-test";
        exit.textContent = "Leave";
        document.querySelector("main").prepend(exit);
    });
    await page.click("#exit-under-test");
    await page.waitForSelector("#code");
    expect(asked === 2, "exit: a question was asked");
    await context.close();

    const [plain, other] = await begin(browser, false);
    const said = await other.textContent("noscript");
    expect(said.trim().length > 40, "without a script nothing is said of leaving");
    await plain.close();
}

async function tryFiles(browser) {
    const [context, page] = await begin(browser, true);
    await page.click('[data-fold="files"] > summary');
    const rows = page.locator("#files li");
    await page.setInputFiles("#q-attachments", [
        file("good.txt", 2000),
        file("large.txt", 26 * MEGABYTE),
        file("empty.txt", 0),
    ]);
    expect((await rows.count()) === 3, "files: not each one has a result");
    expect((await page.locator("#files .error").count()) === 2, "files: not refused");
    await page.setInputFiles("#q-attachments", [file("second.txt", 3000)]);
    expect((await page.locator("#files button").count()) === 2, "files: one was lost");
    await press(page, 'nav button[lang="sv"]');
    expect(
        (await page.locator("#files button").count()) === 2,
        "files: lost by language",
    );
    expect(await isKept(page), "files: the text is lost");
    await page.locator("#files button").first().click();
    expect(
        (await page.locator("#files button").count()) === 1,
        "files: not taken away",
    );
    await page.evaluate(() => {
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (data) {
            window.sent = data.getAll("attachments").map((one) => one.name);
            send.call(this, data);
        };
    });
    await press(page); // nothing is chosen: it comes back
    const sent = await page.evaluate(() => window.sent);
    expect(sent.includes("second.txt"), "files: the good one was not sent");
    expect(!sent.includes("good.txt"), "files: one that was taken away was sent");
    expect(
        (await page.locator("#files button").count()) === 1,
        "files: lost by a fault",
    );
    expect(await isKept(page), "files: the text is lost by a fault");
    const stored = await page.evaluate(
        () => localStorage.length + sessionStorage.length,
    );
    expect(stored === 0, "something is stored in the browser");
    expect(!page.url().includes("cold"), "text in the address");
    await context.close();
}

const browser = await launch();
for (const way of Object.keys(WAYS)) {
    await tryWay(browser, way, true);
    await tryWay(browser, way, false);
}
await tryLeaving(browser);
await tryFiles(browser);
await browser.close();
process.stdout.write(`${checked} checks, ${faults.length} faults\n`);
for (const fault of faults) {
    process.stdout.write(`- ${fault}\n`);
}
process.exitCode = faults.length ? 1 : 0;
