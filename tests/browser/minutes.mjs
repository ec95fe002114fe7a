/* nb-07, whole, in a browser: a person writes, is invited, meets us, and both sign the
   minutes; then the case is closed as resolved. The clicks of the handler are counted.

   node tests/browser/minutes.mjs http://localhost:8069 [folder for pictures]

   It needs the people of LePro in the example organisations, and leaves a case behind.
   The person sits at a phone. KLAGE_COOKIE="name=value" is sent along by it.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { open, report, searchFor, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const LEADER = "leder.lepro";
const LONGER_THAN_THE_TIME_TRAP = 3500;
const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const RUN = Date.now().toString(36);
const NAME = `Kari Testesen ${RUN}`;
const STORY =
    "Jeg har kommunal plass hos dere. I juni klaget jeg på dårlig arbeidsmiljø på " +
    "vaskeriet. Etter ferien er jeg satt ned fra fire til to dager uten forklaring. " +
    `Kan NAV være med på møtet? ${RUN}`;
const AGREED = "Fire dager i uka fra mandag: avdelingsleder.\nNy samtale om en måned.";
const REMARK = "Det gjelder fra mandag.";
const CLOSING = {
    remedy: "Timeplanen er endret.",
    lesson: "Endringer forklares skriftlig.",
};
// Clicks of the handler for each piece of work.
const GOALS = {
    invite: 3,
    "write and sign the minutes": 3,
    "sign the version with the remark": 3,
    "close as resolved": 5,
};

const faults = [];
const counted = {};
let checked = 0;
let clicks = 0;
let pictured = 0;

function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

async function look(page, name) {
    pictured += 1;
    if (pictures) {
        const file = `${String(pictured).padStart(2, "0")}-${name}.png`;
        await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
}

/* -- the person, at a phone */

async function arrive(browser) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    return context.newPage();
}

async function write(page) {
    await page.goto(`${base}/klage/lepro?lang=nb`);
    await page.evaluate(() => {
        for (const fold of document.querySelectorAll(".fold")) {
            fold.open = true;
        }
    });
    await page.fill('[name="description"]', STORY);
    await page.check('[name="kind"][value="complaint"]');
    await page.check('[name="place_type"][value="municipal"]');
    await page.check('[name="anonymity"][value="open"]');
    await page.fill('[name="name"]', NAME);
    await page.fill('[name="email"]', `kari.${RUN}@example.com`);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await page.waitForSelector("p.secret");
    return (await page.textContent("p.secret")).trim();
}

async function read(page, code) {
    await page.goto(`${base}/klage/status?lang=nb`);
    await page.fill("#code", code);
    await page.click("button.primary");
    await page.waitForSelector('form[action*="/klage/status/write"]');
}

const formTo = (page, act) => page.locator(`form[action*="/klage/status/${act}"]`);

async function send(page, act) {
    await formTo(page, act).locator("button").last().click();
    await page.waitForLoadState();
}

/* -- the handler */

async function click(page, selector) {
    clicks += 1;
    await page.locator(selector).locator("visible=true").first().click();
    await settle(page);
}

async function task(page, name, run) {
    clicks = 0;
    await run();
    counted[name] = clicks;
    await settle(page);
    await look(page, name.replaceAll(" ", "-"));
}

async function openCase(page) {
    await open(page, base, "complaints?view_type=list");
    await searchFor(page, NAME);
    await page.locator(".o_data_row td[name=subject]").first().click();
    await page.waitForSelector(".o_statusbar_buttons");
    await settle(page);
}

const openMeetings = (page) => click(page, '.o_notebook a[name="meeting"]');

/* As the web client writes a moment in Norwegian. */
function say(moment) {
    const two = (number) => String(number).padStart(2, "0");
    const day = [two(moment.getDate()), two(moment.getMonth() + 1)].join(".");
    const hour = [two(moment.getHours()), two(moment.getMinutes())].join(":");
    return `${day}.${moment.getFullYear()} ${hour}`;
}

async function fillMoment(page, moment) {
    const input = page.locator('[name="start_at"] input, [name="start_at"] button');
    await input.last().click();
    await page.locator('[name="start_at"] input').last().fill(say(moment));
    await page.keyboard.press("Tab");
}

async function acknowledge(page) {
    await click(page, "#button_acknowledge");
    await page.waitForSelector(".modal .o_form_view");
    const expected = page.locator('.modal [name="expected_on"] input');
    if (await expected.count()) {
        const day = new Date(Date.now() + 20 * DAY);
        await expected.fill(say(day).slice(0, 10));
        await expected.press("Tab");
    }
    await click(page, '.modal button[name="action_send"]');
    await page.waitForSelector(".modal", { state: "detached" });
    await click(page, 'button[name="action_investigate"]');
}

async function invite(page) {
    await openMeetings(page);
    await click(page, "#button_plan_meeting");
    await page.waitForSelector('.modal [name="place"] input');
    await fillMoment(page, new Date(Date.now() + 2 * DAY));
    await page.fill('.modal [name="place"] input', "Rom 3");
    await look(page, "new-meeting");
    await click(page, '.modal button[name="action_call"]');
    await page.waitForSelector(".modal", { state: "detached" });
}

/* It took place earlier than planned: its time is corrected first, then it was held. */
async function correctTime(page) {
    await click(page, '[name="meeting_ids"] .o_data_row td[name="place"]');
    await page.waitForSelector(".modal .o_form_view");
    await look(page, "meeting-called");
    await click(page, '.modal button[name="action_replan"]');
    await openCase(page);
    await openMeetings(page);
    await click(page, '[name="meeting_ids"] .o_data_row td[name="place"]');
    await page.waitForSelector(".modal .o_form_view");
    await fillMoment(page, new Date(Date.now() - 2 * HOUR));
    await look(page, "meeting-corrected");
    await click(page, ".modal .o_form_button_save");
    await click(page, ".o_form_button_save");
}

async function writeMinutes(page) {
    await click(page, '[name="meeting_ids"] button[name="action_write_minutes"]');
    await page.waitForSelector('[name="agreed"] textarea');
    await page.fill('[name="discussion"] textarea', "Kari fortalte om vaskeriet.");
    await page.fill('[name="agreed"] textarea', AGREED);
    await look(page, "minutes-draft");
    await click(page, 'button[name="action_freeze_and_sign"]');
    await click(page, ".modal footer .btn-primary");
}

async function signNewVersion(page) {
    await openMeetings(page);
    await click(page, '[name="minutes_ids"] button[name="action_show"]');
    await click(page, 'button[name="action_sign"]');
}

async function close(page) {
    await click(page, ".o_complaint_more");
    await click(page, "#button_close_early");
    await page.waitForSelector(".modal .o_form_view");
    await click(page, '.modal [name="outcome"] input');
    // The first of those that hold this word is the word alone.
    await click(page, '.o_select_menu_item:has-text("Løst")');
    for (const [name, text] of Object.entries(CLOSING)) {
        const input = page.locator(`.modal [name="${name}"] textarea`);
        if (await input.locator("visible=true").count()) {
            await input.fill(text);
            await page.keyboard.press("Tab");
        }
    }
    await look(page, "closing");
    await click(page, ".modal footer .btn-primary");
    await page.waitForSelector(".modal", { state: "detached" });
}

/* What is read on the page of the case. */
async function expectRead(page, ...texts) {
    const said = await page.textContent("main");
    for (const text of texts) {
        expect(said.includes(text), `the person does not read “${text}”`);
    }
}

async function live(browser) {
    const person = await arrive(browser);
    const code = await write(person);
    const page = await signIn(browser, base, LEADER);
    await openCase(page);
    await acknowledge(page);
    await task(page, "invite", () => invite(page));
    await read(person, code);
    await expectRead(person, "Rom 3");
    await look(person, "person-invited");
    await formTo(person, "meeting").locator('[value="yes"]').check();
    await send(person, "meeting");
    await openCase(page);
    await openMeetings(page);
    await correctTime(page);
    await task(page, "write and sign the minutes", () => writeMinutes(page));
    await read(person, code);
    await expectRead(person, ...AGREED.split("\n"));
    await look(person, "person-minutes");
    await formTo(person, "sign").locator('[name="name"]').fill("Kari Testesen");
    await formTo(person, "sign").locator('[name="text"]').fill(REMARK);
    await send(person, "sign");
    await expectRead(person, REMARK);
    await look(person, "person-signed");
    await openCase(page);
    await task(page, "sign the version with the remark", () => signNewVersion(page));
    await openCase(page);
    await task(page, "close as resolved", () => close(page));
    await read(person, code);
    await expectRead(person, "Referatet er underskrevet av begge");
    const isSigning = await formTo(person, "sign").count();
    expect(!isSigning, "what both have signed can be signed again");
    expect(!(await formTo(person, "withdraw").count()), "the case has not ended");
    await look(person, "person-closed");
    expect(!page.faults.length, `faults of the page: ${page.faults}`);
}

const browser = await launch();
try {
    await live(browser);
} catch (error) {
    faults.push(String(error).slice(0, 400));
    for (const context of browser.contexts()) {
        await look(context.pages()[0], "fault");
    }
}
await browser.close();
for (const [name, goal] of Object.entries(GOALS)) {
    expect(counted[name] <= goal, `${name}: ${counted[name]} clicks of ${goal}`);
    process.stdout.write(`${name}: ${counted[name]} of ${goal} clicks\n`);
}
report("minutes", checked, faults);
