/* How heavy and how steady the public pages are on a first visit, on a slow phone.

   node tests/browser/speed.mjs http://localhost:8069

   It needs the example organisations. Weight and shifts of the layout are asserted; how
   long it takes only with KLAGE_TIMES=1, on a quiet machine: see tests/benchmarks.
   KLAGE_COOKIE="name=value" is sent along, which a server under test asks for.
*/
import process from "node:process";

import { launch } from "./chromium.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const PHONE = { viewport: { width: 390, height: 844 } };
// A slow phone on a slow mobile network: 150 ms there and back, 1.6 Mbit a second.
const NETWORK = {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
};
const SLOWER_PROCESSOR = 4;
const MOST_SHIFT = 0.05;
const MOST_BYTES = 100 * 1024;
const MOST_SECONDS = 1;
const PAGES = {
    "/klage/lepro?lang=nb": "#complaint textarea",
    "/klage/fjordvik?lang=nb": "#complaint textarea",
    "/klage/ljusnarsberg?lang=sv": "#complaint textarea",
    "/klage/robertsfors?lang=sv": "#complaint textarea",
    "/klage/gislaved?lang=sv": "#complaint textarea",
    "/klage/status?lang=nb": "#code",
};

const faults = [];
let checked = 0;

function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

/* In the page: when one can write, and how much moved under the eyes. */
function watch() {
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            window.shift += entry.hadRecentInput ? 0 : entry.value;
        }
    }).observe({ type: "layout-shift", buffered: true });
}

async function visit(browser, path, control) {
    const context = await browser.newContext(PHONE);
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    const page = await context.newPage();
    await page.addInitScript(watch);
    const devtools = await context.newCDPSession(page);
    let bytes = 0;
    devtools.on("Network.loadingFinished", (event) => {
        bytes += event.encodedDataLength;
    });
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", NETWORK);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_PROCESSOR });
    await page.goto(base + path, { waitUntil: "load" });
    await page.waitForSelector(control);
    const usable = await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType("navigation");
        const [painted] = performance.getEntriesByName("first-contentful-paint");
        return Math.max(navigation.domInteractive, painted?.startTime ?? 0);
    });
    // All folds open and close: what they move is asked for. Nothing else may move.
    await page.waitForTimeout(500);
    const shift = await page.evaluate(() => window.shift);
    await context.close();
    return { bytes, shift, seconds: usable / 1000 };
}

const browser = await launch();
for (const [path, control] of Object.entries(PAGES)) {
    const { bytes, shift, seconds } = await visit(browser, path, control);
    process.stdout.write(
        `${path}: ${Math.ceil(bytes / 1024)} KB, shift ${shift.toFixed(3)}, ` +
            `usable after ${seconds.toFixed(2)} s\n`,
    );
    expect(bytes > 5000 && bytes <= MOST_BYTES, `${path}: ${bytes} bytes`);
    expect(shift <= MOST_SHIFT, `${path}: the layout shifts by ${shift}`);
    if (process.env.KLAGE_TIMES) {
        expect(seconds < MOST_SECONDS, `${path}: usable after ${seconds} s`);
    }
}
await browser.close();
process.stdout.write(`${checked} checks, ${faults.length} faults\n`);
for (const fault of faults) {
    process.stdout.write(`- ${fault}\n`);
}
process.exitCode = faults.length ? 1 : 0;
