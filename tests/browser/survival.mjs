/* What was typed into the public form survives, in a real browser: each way to lose it,
   with and without a script, as `docs/survival.md` promises.

   node tests/browser/survival.mjs http://localhost:8069

   KLAGE_COOKIE="name=value" is sent along, which a server under test asks for. It takes
   the first form with a question for files, and leaves no case behind.
*/
import { readFileSync } from "node:fs";
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
    await page.waitForLoadState(); // a script that is on its way keeps nothing yet
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

/* Answer what is sent as a proxy or a fault would; with `body`, as the server does. */
function answerWith(page, status, isOurs = false) {
    return page.route("**/klage/**", async (route) => {
        if (route.request().method() !== "POST") {
            await route.continue();
        } else if (isOurs) {
            await route.fulfill({ response: await route.fetch(), status });
        } else {
            await route.fulfill({ status, body: "<html></html>" });
        }
    });
}

/* What the page says before, where nothing can keep it. */
async function isSaid(page) {
    const said = await page.locator("noscript").allTextContents();
    return said.join(" ").trim().length > 80;
}

/* What came of a way in which the page was lost altogether: the others are still tried. */
const broken = (error) => `broken (${error.message.split("\n")[0]})`;

const keptOr = async (page) => ((await isKept(page)) ? "kept" : "lost");

async function pressedAndTold(page) {
    await press(page);
    const said = await page.textContent("#live");
    return said.trim().length > 20 ? keptOr(page) : "silent";
}

/* A question of the browser, answered with no. It is waited for by itself: on a slow
   machine it may come after the way has given up. */
async function leave(page, way) {
    const question = page.waitForEvent("dialog", { timeout: 20000 });
    await page.click('[name="description"]');
    await page.keyboard.press("End");
    const gone = way().catch(() => undefined);
    const dialog = await question.catch(() => undefined);
    await dialog?.dismiss();
    await gone;
    const isAsked = dialog?.type() === "beforeunload";
    return isAsked && (await isKept(page)) ? "warned" : "lost";
}

/* The rows of `docs/survival.md` that a browser can try, each with what came of it: with
   a script, and without one where that is not for the server to say. */
const WAYS = {
    "another language": {
        async both(page) {
            await press(page, 'nav button[lang="sv"]');
            const lang = await page.getAttribute("html", "lang");
            expect(lang === "sv", "the language did not change");
            return keptOr(page);
        },
    },
    reload: {
        script: (page) => leave(page, () => page.reload({ timeout: 3000 })),
        plain: async (page) => ((await isSaid(page)) ? "impossible" : "silent"),
    },
    Back: {
        script: (page) => leave(page, () => page.goBack({ timeout: 3000 })),
        plain: async (page) => ((await isSaid(page)) ? "impossible" : "silent"),
    },
    "a link at the foot": {
        async both(page) {
            const [other] = await Promise.all([
                page.context().waitForEvent("page"),
                page.locator("footer a").last().click(),
            ]);
            await other.close();
            return keptOr(page);
        },
    },
    "too much at once (413)": {
        async script(page) {
            await answerWith(page, 413);
            return pressedAndTold(page);
        },
    },
    "a refused file (422)": {
        async both(page) {
            await page.click('[data-fold="files"] > summary');
            await page.setInputFiles("#q-attachments", [file("empty.txt", 0)]);
            await press(page);
            return keptOr(page);
        },
    },
    "too many forms (429)": {
        async script(page) {
            await answerWith(page, 429, true);
            await press(page);
            return keptOr(page);
        },
    },
    "an expired form": {
        async both(page) {
            await page.$eval('[name="token"]', (token) => {
                token.value = "a form of nobody";
            });
            await press(page);
            expect(await page.locator("#errors").count(), "an expired form: not said");
            return keptOr(page);
        },
    },
    "no network": {
        async script(page) {
            await page.context().setOffline(true);
            return pressedAndTold(page);
        },
        plain: async (page) => ((await isSaid(page)) ? "impossible" : "silent"),
    },
    "a fault of the server (500)": {
        async script(page) {
            await answerWith(page, 500);
            return pressedAndTold(page);
        },
    },
    "the server is away (503)": {
        async script(page) {
            await answerWith(page, 503);
            return pressedAndTold(page);
        },
    },
    "leaving quickly": {
        // Who must be gone at once is not asked: the page says beforehand what is lost.
        async both(page) {
            const said = await page.textContent("aside.safety");
            return said.trim().length > 80 ? "impossible" : "silent";
        },
    },
};

/* The table: by row, what is promised with a script and without one. */
function promised() {
    const table = readFileSync(new URL("../../docs/survival.md", import.meta.url));
    const rows = {};
    for (const line of table.toString().split("\n")) {
        const cells = line.split("|").map((cell) => cell.trim());
        if (cells.length > 4 && cells[4].includes("survival.mjs")) {
            rows[cells[1]] = { script: cells[2], plain: cells[3] };
        }
    }
    return rows;
}

async function tryWay(browser, name, mode, wanted) {
    const run = WAYS[name].both ?? WAYS[name][mode];
    if (run) {
        const [context, page] = await begin(browser, mode === "script");
        const came = await run(page).catch(broken);
        expect(
            came === wanted,
            `${name}, ${mode}: ${came} where ${wanted} is promised`,
        );
        await context.close();
    }
}

/* What has to be corrected comes back, and who leaves at once is not asked. */
async function tryOthers(browser) {
    for (const hasScript of [true, false]) {
        const [context, page] = await begin(browser, hasScript);
        await press(page);
        expect(await isKept(page), `a fault to correct, ${hasScript}: lost`);
        await context.close();
    }
    const [context, page] = await begin(browser, true);
    let asked = 0;
    page.on("dialog", async (dialog) => {
        asked += 1;
        await dialog.dismiss();
    });
    await page.click('[name="description"]');
    await page.keyboard.type(" ");
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
    expect(asked === 0, "exit: a question was asked");
    await context.close();
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
const rows = promised();
expect(
    Object.keys(rows).sort().join() === Object.keys(WAYS).sort().join(),
    "docs/survival.md names other ways than are tried here",
);
for (const [name, wanted] of Object.entries(rows)) {
    await tryWay(browser, name, "script", wanted.script);
    await tryWay(browser, name, "plain", wanted.plain);
}
for (const others of [tryOthers, tryFiles]) {
    await others(browser).catch((error) => faults.push(`${others.name}: ${broken(error)}`));
}
await browser.close();
process.stdout.write(`${checked} checks, ${faults.length} faults\n`);
for (const fault of faults) {
    process.stdout.write(`- ${fault}\n`);
}
process.exitCode = faults.length ? 1 : 0;
