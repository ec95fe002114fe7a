/* What the scripts on the public pages share: a window, axe, and how faults are told. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

export const base = process.argv[2] ?? "http://localhost:8069";
export const isShort = Boolean(process.env.KLAGE_SHORT);
export const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
export const LONGER_THAN_THE_TIME_TRAP = 3500;
const pictures = process.argv[3];
const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = [];
let checked = 0;

export function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

/* A page of its own window, which asks nobody else for anything. */
export async function open(browser, options) {
    const context = await browser.newContext(options);
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    await context.addInitScript(axeSource);
    const page = await context.newPage();
    page.on("request", (request) => {
        expect(request.url().startsWith(base), `request to ${request.url()}`);
    });
    page.on("console", (message) => {
        const isStatus = message.text().includes("status of 4");
        expect(isStatus || message.type() !== "error", `console: ${message.text()}`);
    });
    return [context, page];
}

export async function signIn(page, who = process.env.KLAGE_LOGIN) {
    const [login, password] = who.split(":");
    await page.goto(`${base}/web/login`);
    await page.fill("#login", login);
    await page.fill("#password", password);
    await page.click('.oe_login_form button[type="submit"]');
    await page.waitForLoadState();
}

/* In the page: whether words of the header lie below the button to leave. */
function isSenderCovered() {
    const [sender, leave] = [".sender", "#leave"].map((one) =>
        document.querySelector(one),
    );
    if (!sender || !leave || window.scrollY) {
        return false;
    }
    const range = document.createRange();
    range.selectNodeContents(sender);
    const button = leave.getBoundingClientRect();
    return [...range.getClientRects()].some(
        (line) =>
            line.right > button.left &&
            line.left < button.right &&
            line.top < button.bottom,
    );
}

/* Nothing is cut off or has to be scrolled for sideways, and axe finds nothing. */
export async function inspect(page, name) {
    // A click returns when the next page begins: on a busy machine it is still empty.
    await page.waitForLoadState();
    await page.waitForSelector('main:not([aria-busy="true"])');
    const wide = await page.evaluate(
        () =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide <= 0, `${name}: ${wide} px wider than the window`);
    const isCovered = await page.evaluate(isSenderCovered);
    expect(!isCovered, `${name}: the sender lies below the button to leave`);
    const result = await page.evaluate(async (values) => {
        return window.axe.run(document, { runOnly: { type: "tag", values } });
    }, RULES);
    for (const violation of result.violations) {
        const places = violation.nodes.map((node) => node.target.join(" ")).join(", ");
        expect(false, `${name}: ${violation.id} at ${places}`);
    }
    checked += result.passes.length;
    if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    }
}

export async function openAll(page) {
    await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) {
            details.open = true;
        }
    });
}

/* Say what came of it, and end so. */
export function conclude(what) {
    process.stdout.write(`${what}, ${checked} checks, ${faults.length} faults\n`);
    for (const fault of new Set(faults)) {
        process.stdout.write(`- ${fault}\n`);
    }
    process.exitCode = faults.length ? 1 : 0;
}
