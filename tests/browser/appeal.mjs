/* An appeal of a decision that comes in as a complaint (nb-11, in Norwegian and Swedish),
   or as a part of one that is split first (sv-07): registered, redirected with its time
   limit warned of the same day, and passed on with its proof. What is no appeal of it is
   handled on.

   node tests/browser/appeal.mjs http://localhost:8069 [folder for pictures]

   It needs the example organisations of `make run`, and leaves cases behind.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { call, open, report, settle, signIn } from "./desk.mjs";
import { passClock } from "./desk_cases.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const WAYS = [
    {
        lang: "nb",
        door: "servicetorg.fjordvik",
        // Who decides on individual decisions receives it.
        login: "tildeling.fjordvik",
        policy: "sosial_omsorg_no",
        title: "Klage på avslag om støttekontakt",
        text:
            "Jeg klager på vedtaket datert 26. januar der jeg fikk avslag på " +
            "støttekontakt. Jeg ber om at vedtaket gjøres om.",
        role: "service_user",
        limit: /klagefristen|fristen for å klage/i,
        appeal: "Dette er klagen slik den kom inn.",
    },
    {
        lang: "sv",
        door: "socialchef.ljusnarsberg",
        login: "socialchef.ljusnarsberg",
        policy: "ljusnarsberg",
        title: "Överklagar avslag på kontaktperson",
        text:
            "Jag överklagar beslutet den 26 januari där jag fick avslag på kontaktperson. " +
            "Jag vill att beslutet ändras, annars ska det skickas till förvaltningsrätten.",
        role: "service_user",
        limit: /tiden för att överklaga/i,
        appeal: "Detta är överklagandet som det kom in.",
    },
    {
        lang: "sv",
        door: "socialchef.robertsfors",
        login: "socialchef.robertsfors",
        policy: "robertsfors",
        title: "Avslag och dåligt bemötande",
        text:
            "Jag överklagar beslutet om avslag på bostad med särskild service. Dessutom " +
            "vill jag klaga på hur vi blev bemötta på mötet.",
        role: "next_of_kin",
        limit: /tiden för att överklaga/i,
        appeal: "Detta är överklagandet som det kom in.",
        split: "conduct_treatment",
        answer: {
            remedy: "Sonen får ett nytt möte.",
            lesson: "Den det gäller får ordet först.",
            dialogue_attempt: "Vi talade med familjen.",
        },
    },
];
const faults = [];
let checked = 0;
let clicks = 0;

function check(is, what) {
    checked += 1;
    if (!is) {
        faults.push(what);
    }
}

async function picture(page, way, name) {
    if (pictures) {
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(pictures, `appeal-${way.policy}-${name}.png`) });
    }
}

/* As who opens the post would: the letter, word for word, and its ground. */
async function register(page, way) {
    return call(page, "complaint.intake", "register", [
        {
            policy: way.policy,
            channel: "letter",
            title: way.title,
            description: way.text,
            categories: ["out_of_scope_appeal", way.split].filter(Boolean),
            reply_channel: "portal",
            parties: [{ role: "complainant", kind: way.role, name: "Prøve Prøvesen" }],
        },
    ]);
}

async function click(page, selector) {
    clicks += 1;
    await page.locator(selector).locator("visible=true").first().click();
    await settle(page);
}

/* The appeal becomes a case of its own: what is proposed is what belongs elsewhere. */
async function split(page, way, id) {
    await open(page, base, `complaints/${id}`);
    clicks = 0;
    await click(page, ".o_complaint_more");
    await click(page, "#button_split");
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    await picture(page, way, "0-split");
    await click(page, ".modal footer .btn-primary");
    await page.waitForSelector(".modal", { state: "detached" });
    await settle(page);
    check(clicks <= 3, `split: ${clicks} clicks of 3`);
    const [child] = await call(page, "complaint.case", "search", [
        [["parent_id", "=", id]],
    ]);
    const left = await call(page, "complaint.referral", "search_count", [
        [
            ["case_id", "=", id],
            ["state", "=", "draft"],
        ],
    ]);
    check(!left, "what is split off is not passed on from here too");
    return child;
}

/* What is left is no appeal: it is acknowledged, answered and closed here. */
async function answer(page, way, id) {
    await open(page, base, `complaints/${id}`);
    clicks = 0;
    await click(page, "#button_acknowledge");
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    await click(page, '.modal button[name="action_send"]');
    await page.waitForSelector(".modal", { state: "detached" });
    check(clicks <= 2, `acknowledge: ${clicks} clicks of 2`);
    clicks = 0;
    await click(page, "#button_answer_early, #button_answer");
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    for (const [name, text] of Object.entries(way.answer)) {
        const input = page.locator(`.modal [name="${name}"] textarea`);
        if (await input.locator("visible=true").count()) {
            await input.fill(text);
            await page.keyboard.press("Tab");
        }
    }
    await click(page, '.modal [name="is_every_point_answered"] input');
    await click(
        page,
        '.modal [name="outcome"] input[type=radio], .modal [name="outcome"] .o_radio_input',
    );
    await picture(page, way, "5-answer");
    await click(page, '.modal button[name="action_send_and_close"]');
    await page.waitForSelector(".modal", { state: "detached" });
    await settle(page);
    check(clicks <= 4, `answer and close: ${clicks} clicks of 4`);
    const [{ state }] = await call(page, "complaint.case", "read", [[id], ["state"]]);
    check(state === "closed", "what is no appeal is answered and closed");
    await picture(page, way, "6-closed");
}

/* Redirected from the desk, and passed on from the page of the way onward. */
async function passOn(page, way, id) {
    await open(page, base, `complaints/${id}`);
    const due = await page.locator(".o_form_sheet_bg").textContent();
    check(/i dag|idag/i.test(due), "the desk says that it is due today");
    await picture(page, way, "1-due");
    await page.locator("#button_redirect >> visible=true").first().click();
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    const letter = await page.locator('.modal [name="body"]').textContent();
    check(way.limit.test(letter), "the letter warns of the time limit");
    await picture(page, way, "2-letter");
    await page.locator(".modal footer .btn-primary >> visible=true").first().click();
    await page.waitForSelector(".modal", { state: "detached" });
    await settle(page);
    await page.locator('.o_notebook_headers a[name="onward"]').click();
    await settle(page);
    await addDocument(page, way);
    await send(page);
    await picture(page, way, "3-sent");
}

async function addDocument(page, way) {
    await page.locator('[name="referral_ids"] .o_data_row td').first().click();
    await page.waitForSelector('.modal [name="document_ids"]');
    await settle(page);
    await page.locator('.modal [name="recipient"] input').fill("Tildelingskontoret");
    await page
        .locator('.modal [name="document_ids"] .o_field_x2many_list_row_add a')
        .click();
    await settle(page);
    await page
        .locator('.modal [name="document_ids"] [name="text"] textarea')
        .fill(way.appeal);
    await page.locator(".modal .o_form_button_save").click();
    await page.waitForSelector(".modal", { state: "detached" });
    await page
        .locator(".o_form_button_save >> visible=true")
        .first()
        .click()
        .catch(() => null);
    await settle(page);
}

async function send(page) {
    await page
        .locator('[name="referral_ids"] .o_data_row button:has(.fa-paper-plane-o)')
        .click();
    await page.waitForSelector('.modal [name="medium"]');
    await settle(page);
    await page.locator('.modal [name="medium"] input').fill("Internpost");
    await page.locator('.modal [name="proof"] input').fill("Kvittering 7");
    await page.locator(".modal footer .btn-primary >> visible=true").first().click();
    await page.waitForSelector(".modal", { state: "detached" });
    await settle(page);
}

/* What the person reads with the code. */
async function read(browser, way, code) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/klage/status?lang=${way.lang}`);
    await page.fill("#code", code);
    await page.click("button.primary");
    const text = await page.textContent("main");
    check(way.limit.test(text), "the person reads of the time limit");
    if (pictures) {
        await page.screenshot({
            path: join(pictures, `appeal-${way.policy}-4-status.png`),
            fullPage: true,
        });
    }
    await page.context().close();
}

const browser = await launch();
for (const way of WAYS) {
    const door = await signIn(browser, base, way.door);
    const receipt = await register(door, way);
    await door.context().close();
    const page = await signIn(browser, base, way.login);
    const id = way.split ? await split(page, way, receipt.case_id) : receipt.case_id;
    // The appeal becomes a duty of this day.
    await passClock(browser, base, "model._cron_open_clocks()");
    await passOn(page, way, id);
    const [referral] = await call(page, "complaint.referral", "search_read", [
        [["case_id", "=", id]],
        ["state", "proof", "package_digest"],
    ]);
    check(referral.state === "sent", "it is passed on");
    check(referral.proof === "Kvittering 7", "what shows it is kept");
    check(Boolean(referral.package_digest), "with the digest of the package");
    if (way.split) {
        await answer(page, way, receipt.case_id);
    }
    faults.push(...page.faults);
    await page.context().close();
    await read(browser, way, receipt.access_code);
}
await browser.close();
report("appeal", checked, faults);
