/* Documents on request, whole (B-27…B-30): a case with two named third parties is asked
   for on the public page without a name, searched for, masked and handed out; then the
   rest is refused, and in Sweden decided on by the authority. In Swedish and Norwegian.

   node tests/browser/documents.mjs http://localhost:8069 [folder]

   In the folder it leaves pictures and what was handed out. No masked word may stand in
   any page or file that leaves: what a browser cannot decompress, the test that runs this
   does. It needs the example organisations of `make run`, and leaves cases behind.
*/
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { inflateSync } from "node:zlib";

import { launch } from "./chromium.mjs";
import { call, open, report, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const folder = process.argv[3];
const RUN = Date.now().toString(36);
const LONGER_THAN_THE_TIME_TRAP = 3500;
const WAYS = [
    {
        lang: "sv",
        door: "registrator.robertsfors",
        handler: "socialchef.robertsfors",
        policy: "robertsfors",
        slug: "robertsfors",
        // Only the authority's decision can be appealed.
        delegate: "socialchef.robertsfors",
        title: "Grannarna på boendet",
        text:
            `Ärende ${RUN}. Sven Canaryberg slog igen dörren för Gudrun Prövström, ` +
            "811228-9874. Ring Sven på 070-123 45 67 eller sven@canaryberg.example. " +
            "Gudruns granne såg det. Maten var kall varje kväll i tre veckor.",
        masked: ["Sven", "Canaryberg", "Gudrun", "Prövström", "9874", "123 45 67"],
        third: ["Sven Canaryberg", "Gudrun Prövström", "Sven", "Gudrun"],
        kept: "Maten var kall varje kväll",
        wish: `Handlingarna om den kalla maten, ${RUN}`,
        answer: "Det som står kvar är sekretessbelagt.",
        decision: "Uppgifterna omfattas av sekretess. Det är inte klart att de kan lämnas ut.",
        appeal: /kammarrätten/,
    },
    {
        lang: "nb",
        door: "arkivar.fjordvik",
        handler: "kommunalsjef.fjordvik",
        policy: "sosial_omsorg_no",
        slug: "fjordvik",
        title: "Naboene på sykehjemmet",
        text:
            `Sak ${RUN}. Kåre Canaryvik slo igjen døra for Ragnhild Prøvedal, ` +
            "07057436577. Ring Kåre på 912 34 567 eller kaare@canaryvik.example. " +
            "Ragnhilds nabo så det. Maten var kald hver kveld i tre uker.",
        masked: ["Kåre", "Canaryvik", "Ragnhild", "Prøvedal", "912 34 567"],
        third: ["Kåre Canaryvik", "Ragnhild Prøvedal", "Kåre", "Ragnhild"],
        kept: "Maten var kald hver kveld",
        wish: `Dokumentene om den kalde maten, ${RUN}`,
        answer: "Det som står igjen, er taushetsbelagt.",
        openness: "Navnene kan ikke deles med andre, heller ikke etter skjønn.",
        appeal: /Statsforvalteren/,
    },
];
const faults = [];
let checked = 0;
let pictured = 0;

function check(is, what) {
    checked += 1;
    if (!is) {
        faults.push(what);
    }
}

async function look(page, way, name) {
    pictured += 1;
    if (folder) {
        const file = `${String(pictured).padStart(2, "0")}-${way.lang}-${name}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
    }
}

/* Every stream of a file that anything could be read from, decompressed. */
function streams(raw) {
    const found = [raw];
    const text = raw.toString("latin1");
    for (const match of text.matchAll(/stream\r?\n/g)) {
        const start = match.index + match[0].length;
        try {
            found.push(inflateSync(raw.subarray(start, text.indexOf("endstream", start))));
        } catch {
            // Not compressed: it stands in the whole.
        }
    }
    return found;
}

function checkNothingMasked(way, raw, what) {
    for (const one of streams(Buffer.from(raw))) {
        const read = one.toString("utf8") + one.toString("utf16le");
        const left = way.masked.filter((words) => read.includes(words));
        check(!left.length, `${way.lang}: ${what} holds ${left}`);
    }
}

/* -- who asks, at a phone and without a name */

async function ask(browser, way) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${base}/klage/${way.slug}?lang=${way.lang}`);
    // It opens beside the form, in a fold.
    const link = page.locator('a[href*="/innsyn"]').first();
    await page.goto(base + (await link.getAttribute("href")));
    await page.waitForSelector("#wish");
    await look(page, way, "ask");
    await page.fill("#wish", way.wish);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await page.waitForSelector("p.secret");
    await look(page, way, "code");
    const code = (await page.textContent("p.secret")).trim();
    return { page, code };
}

async function read(page, way, code, name) {
    await page.goto(`${base}/klage/innsyn/svar?lang=${way.lang}`);
    await page.fill("#code", code);
    await page.click("button.primary");
    await page.waitForLoadState();
    await look(page, way, name);
    const html = await page.content();
    checkNothingMasked(way, html, `the page “${name}”`);
    return page.locator("main").innerText();
}

async function save(page, way) {
    const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator('input[value="copy"]').locator("..").locator("button").click(),
    ]);
    const chunks = [];
    for await (const chunk of await file.createReadStream()) {
        chunks.push(chunk);
    }
    const raw = Buffer.concat(chunks);
    checkNothingMasked(way, raw, "the file");
    if (folder) {
        writeFileSync(join(folder, `${way.lang}-${file.suggestedFilename()}`), raw);
    }
}

/* -- the staff */

async function click(page, name) {
    await page.locator(`button[name="${name}"]:visible`).first().click();
    await settle(page);
    const agree = page.locator(".modal .btn-primary:visible");
    if (await agree.count()) {
        await agree.first().click();
        await page.waitForSelector(".modal", { state: "detached" });
        await settle(page);
    }
}

async function write(page, name, text) {
    const input = page.locator(`[name="${name}"] textarea, [name="${name}"] input`);
    await input.locator("visible=true").first().fill(text);
    await page.keyboard.press("Tab");
    await settle(page);
}

async function choose(page, name, label) {
    const input = page.locator(`.o_field_widget[name="${name}"] input:visible`).first();
    await input.fill(label);
    await page.locator(".o-autocomplete--dropdown-item:visible").first().click();
    await settle(page);
}

async function register(page, way) {
    return call(page, "complaint.intake", "register", [
        {
            policy: way.policy,
            channel: "letter",
            kind: "complaint",
            title: way.title,
            description: way.text,
            parties: [{ role: "complainant", kind: "next_of_kin", name: "Prøve Prøvesen" }],
        },
    ]);
}

/* The registrar finds the request on the list, searches, and answers for the search. */
async function search(page, way) {
    await open(page, base, "complaint-access-requests");
    await look(page, way, "requests");
    const [request] = await call(page, "complaint.access.request", "search_read", [
        [
            ["wish", "=", way.wish],
            ["state", "=", "received"],
        ],
        ["reference"],
    ]);
    await page.locator(`.o_data_row:has-text("${request.reference}")`).first().click();
    await settle(page);
    await write(page, "search_words", `${RUN}`);
    await click(page, "action_search");
    await look(page, way, "searched");
    await click(page, "action_answer");
    await look(page, way, "clerk-answered");
    return request;
}

async function find(page, request) {
    await open(page, base, "complaint-documents-asked-for");
    await page.locator(`.o_data_row:has-text("${request.reference}")`).first().click();
    await settle(page);
}

/* Who works the case masks what is suggested and what the program could not know. */
async function mask(page, way, request) {
    await find(page, request);
    await look(page, way, "review");
    for (const words of way.third) {
        await page.locator('[name="mask_ids"] .o_field_x2many_list_row_add a').click();
        const cell = page.locator('[name="mask_ids"] .o_selected_row [name="words"] :is(input, textarea)');
        await cell.fill(words);
        await page.keyboard.press("Tab");
        await settle(page);
    }
    await choose(page, "ground_id", way.lang === "sv" ? "26" : "13");
    if (way.openness) {
        await write(page, "openness", way.openness);
    }
    await click(page, "action_mask_all");
    await look(page, way, "masked");
    await click(page, "action_review");
    const tab = page.locator('.nav-link[name="masked_copy"]');
    await tab.click();
    await settle(page);
    await look(page, way, "copy");
    const copy = await page.locator('[name="masked_copy"]').last().innerHTML();
    checkNothingMasked(way, copy, "the copy");
    check(copy.includes(way.kept), `${way.lang}: the rest of the copy is not readable`);
    await click(page, "action_answer");
}

/* The same is asked for once more, and all of it is refused. */
async function refuse(page, way, request) {
    await find(page, request);
    await page.locator('[name="is_refused"] input').check();
    await choose(page, "ground_id", way.lang === "sv" ? "26" : "13");
    await write(page, "answer", way.answer);
    if (way.openness) {
        await write(page, "openness", way.openness);
    }
    await click(page, "action_review");
    await click(page, "action_answer");
    await look(page, way, "refused");
}

async function decide(page, way, request) {
    await open(page, base, "complaint-document-decisions");
    await look(page, way, "decisions");
    await page.locator(`.o_data_row:has-text("${request.reference}")`).first().click();
    await settle(page);
    await page.locator('.nav-link[name="decision"]').click();
    await page.locator('[name="decision"] select, [name="decision"] input').last().click();
    const select = page.locator('[name="decision"] select');
    if (await select.count()) {
        await select.first().selectOption({ index: 2 });
    } else {
        await page.locator(".o_select_menu_item:visible").nth(1).click();
    }
    await write(page, "decision_text", way.decision);
    await look(page, way, "deciding");
    await click(page, "action_decide");
    await look(page, way, "decided");
}

async function walk(browser, way) {
    const options = { locale: way.lang };
    const door = await signIn(browser, base, way.door, options);
    await register(door, way);
    const asked = await ask(browser, way);
    const request = await search(door, way);
    const handler = await signIn(browser, base, way.handler, options);
    await mask(handler, way, request);
    const handedOut = await read(asked.page, way, asked.code, "answer");
    check(handedOut.includes(way.kept), `${way.lang}: what is handed out is not on the page`);
    await save(asked.page, way);

    const again = await ask(browser, way);
    const second = await search(door, way);
    await refuse(handler, way, second);
    let answered = await read(again.page, way, again.code, "refusal");
    check(answered.includes(way.answer), `${way.lang}: the refusal says nothing`);
    if (way.delegate) {
        check(!way.appeal.test(answered), "an answer of the clerk is told to be appealable");
        await again.page.locator('input[value="decision"] ~ p button').click();
        await again.page.waitForLoadState();
        await look(again.page, way, "decision-asked");
        const delegate = await signIn(browser, base, way.delegate, options);
        await decide(delegate, way, second);
        answered = await read(again.page, way, again.code, "decision");
        check(answered.includes(way.decision), "the decision is not told");
        const told = answered.match(new RegExp(way.appeal, "g"));
        check(told?.length === 1, "how to appeal is told more than once");
    }
    check(way.appeal.test(answered), `${way.lang}: how to appeal is not told`);
}

if (folder) {
    mkdirSync(folder, { recursive: true });
}
const browser = await launch();
for (const way of WAYS) {
    await walk(browser, way);
}
await browser.close();
report("documents", checked, faults);
