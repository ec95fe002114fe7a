/* nb-07 and nb-03, whole, in a browser: a person writes, or tells it at the reception; is
   invited, meets us, and both sign the minutes; then the case is closed as resolved. The
   clicks of the handler are counted.

   node tests/browser/minutes.mjs http://localhost:8069 [folder for pictures]

   It needs the people of LePro in the example organisations, and leaves two cases behind.
   The person sits at a phone. KLAGE_COOKIE="name=value" is sent along by it.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { call, open, report, searchFor, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const LONGER_THAN_THE_TIME_TRAP = 3500;
const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const RUN = Date.now().toString(36);
// What comes in, what is agreed, and what is the case's own: each by its line.
const LIVES = {
    // At a municipal place NAV is not offered; one month to close.
    "nb-07": {
        login: "leder.lepro",
        arrive: write,
        name: `Kari Testesen ${RUN}`,
        story:
            "Jeg har kommunal plass hos dere. I juni klaget jeg på dårlig arbeidsmiljø " +
            "på vaskeriet. Etter ferien er jeg satt ned fra fire til to dager uten " +
            `forklaring. Kan NAV være med på møtet? ${RUN}`,
        discussion: "Kari fortalte om vaskeriet.",
        agreed: "Fire dager i uka fra mandag: avdelingsleder.\nNy samtale om en måned.",
        remark: "Det gjelder fra mandag.",
        remedy: "Timeplanen er endret.",
        promises: ["acknowledge", "close", "inform_staff"],
        present: ["complainant", "organisation"],
    },
    // Told and read aloud at the reception; NAV comes, and no month runs.
    "nb-03": {
        login: "kantine.lepro",
        arrive: tell,
        name: `Anne Prøvesen ${RUN}`,
        story:
            "Hun mener hun skulle hatt norskkurs som en del av tiltaket, men har bare " +
            "fått praksis i kantina. Hun vil ha med seg saksbehandleren fra NAV på " +
            `møtet. ${RUN}`,
        discussion: "Anne fortalte om kantina og norskkurset. NAV var med.",
        agreed: "Norskkurs to dager i uka fra neste måned: veileder.",
        remedy: "Norskkurs er en del av tiltaket.",
        promises: ["acknowledge", "inform_staff"],
        present: ["complainant", "external_caseworker", "organisation"],
    },
};
const LESSON = "Endringer forklares skriftlig.";
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

async function write(page, life) {
    await page.goto(`${base}/klage/lepro?lang=nb`);
    await page.evaluate(() => {
        for (const fold of document.querySelectorAll(".fold")) {
            fold.open = true;
        }
    });
    await page.fill('[name="description"]', life.story);
    await page.check('[name="kind"][value="complaint"]');
    await page.check('[name="place_type"][value="municipal"]');
    await page.check('[name="anonymity"][value="open"]');
    await page.fill('[name="name"]', life.name);
    await page.fill('[name="email"]', `kari.${RUN}@example.com`);
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await page.waitForSelector("p.secret");
    return (await page.textContent("p.secret")).trim();
}

/* At the reception somebody writes it down, reads it aloud, and hands over the code. */
async function tell(page, life) {
    const reception = await signIn(page.context().browser(), base, "resepsjon.lepro");
    const named = [["name", "=", "Kantine"]];
    const [unit] = await call(reception, "complaint.unit", "search", [named]);
    const answers = {
        unit_id: unit,
        channel: "meeting",
        kind: "complaint",
        title: "Uenig i hva jeg får i tiltaket",
        description: life.story,
        anonymity: "open",
        place_type: "nav",
        invite: ["external_caseworker"],
        reply_channel: "portal",
        assisted: { read_back: true, copy_given: true, informed: true },
        parties: [{ role: "complainant", name: life.name, phone: "900 11 222" }],
    };
    const receipt = await call(reception, "complaint.intake", "register", [answers]);
    await reception.context().close();
    return receipt.access_code;
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
    counted[name] = Math.max(clicks, counted[name] ?? 0);
    await settle(page);
    await look(page, name.replaceAll(" ", "-"));
}

async function openCase(page, life) {
    await open(page, base, "complaints?view_type=list");
    await searchFor(page, life.name);
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
async function correctTime(page, life) {
    await click(page, '[name="meeting_ids"] .o_data_row td[name="place"]');
    await page.waitForSelector(".modal .o_form_view");
    await look(page, "meeting-called");
    await click(page, '.modal button[name="action_replan"]');
    await openCase(page, life);
    await openMeetings(page);
    await click(page, '[name="meeting_ids"] .o_data_row td[name="place"]');
    await page.waitForSelector(".modal .o_form_view");
    await fillMoment(page, new Date(Date.now() - 2 * HOUR));
    await look(page, "meeting-corrected");
    await click(page, ".modal .o_form_button_save");
    await click(page, ".o_form_button_save");
}

async function writeMinutes(page, life) {
    await click(page, '[name="meeting_ids"] button[name="action_write_minutes"]');
    await page.waitForSelector('[name="agreed"] textarea');
    await page.fill('[name="discussion"] textarea', life.discussion);
    await page.fill('[name="agreed"] textarea', life.agreed);
    await look(page, "minutes-draft");
    await click(page, 'button[name="action_freeze_and_sign"]');
    await click(page, ".modal footer .btn-primary");
}

async function signNewVersion(page) {
    await openMeetings(page);
    await click(page, '[name="minutes_ids"] button[name="action_show"]');
    await click(page, 'button[name="action_sign"]');
}

async function close(page, life) {
    await click(page, ".o_complaint_more");
    await click(page, "#button_close_early");
    await page.waitForSelector(".modal .o_form_view");
    await click(page, '.modal [name="outcome"] input');
    // The first of those that hold this word is the word alone.
    await click(page, '.o_select_menu_item:has-text("Løst")');
    const texts = { remedy: life.remedy, lesson: LESSON };
    for (const [name, text] of Object.entries(texts)) {
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

/* Which promises run, and who was there: read as the handler reads them. */
async function expectCase(page, life, model, field, expected) {
    const [{ id }] = await call(page, "complaint.case", "search_read", [
        [["description", "ilike", RUN]],
        ["id"],
    ]);
    const rows = await call(page, model, "search_read", [
        [["case_id", "=", id]],
        [field],
    ]);
    const found = [...new Set(rows.map((row) => row[field]))].sort().join();
    expect(found === expected.join(), `${model} of ${life.name}: ${found}`);
}

/* A code that a colleague has seen signs nothing: the person draws another first. */
async function draw(page) {
    const isSeen = await formTo(page, "draw").count();
    if (!isSeen) {
        return null;
    }
    expect(!(await formTo(page, "sign").count()), "a code that others know signs");
    await send(page, "draw");
    const code = (await page.textContent("p.secret")).trim();
    await look(page, "person-new-code");
    await formTo(page, "draw").locator("button").first().click();
    await page.waitForLoadState();
    return code;
}

async function sign(page, life) {
    await formTo(page, "sign").locator('[name="name"]').fill(life.name.split(" ")[0]);
    if (life.remark) {
        await formTo(page, "sign").locator('[name="text"]').fill(life.remark);
    }
    await send(page, "sign");
    if (life.remark) {
        await expectRead(page, life.remark);
    }
    await look(page, "person-signed");
}

async function live(browser, life) {
    const person = await arrive(browser);
    let code = await life.arrive(person, life);
    const page = await signIn(browser, base, life.login);
    await expectCase(page, life, "complaint.deadline", "milestone", life.promises);
    await openCase(page, life);
    await acknowledge(page);
    await task(page, "invite", () => invite(page));
    await expectCase(page, life, "complaint.meeting.participant", "role", life.present);
    await read(person, code);
    await expectRead(person, "Rom 3");
    await look(person, "person-invited");
    await formTo(person, "meeting").locator('[value="yes"]').check();
    await send(person, "meeting");
    await openCase(page, life);
    await openMeetings(page);
    await correctTime(page, life);
    await task(page, "write and sign the minutes", () => writeMinutes(page, life));
    await read(person, code);
    await expectRead(person, ...life.agreed.split("\n"));
    await look(person, "person-minutes");
    code = (await draw(person)) ?? code;
    await sign(person, life);
    if (life.remark) {
        await openCase(page, life);
        await task(page, "sign the version with the remark", () =>
            signNewVersion(page),
        );
    }
    await openCase(page, life);
    await task(page, "close as resolved", () => close(page, life));
    await read(person, code);
    await expectRead(person, "Referatet er underskrevet av begge");
    const isSigning = await formTo(person, "sign").count();
    expect(!isSigning, "what both have signed can be signed again");
    expect(!(await formTo(person, "withdraw").count()), "the case has not ended");
    await look(person, "person-closed");
    expect(!page.faults.length, `faults of the page: ${page.faults}`);
}

const browser = await launch();
for (const [line, life] of Object.entries(LIVES)) {
    try {
        await live(browser, life);
    } catch (error) {
        faults.push(`${line}: ${String(error).slice(0, 400)}`);
        for (const context of browser.contexts()) {
            await look(context.pages()[0], "fault");
        }
    }
    await Promise.all(browser.contexts().map((context) => context.close()));
}
await browser.close();
for (const [name, goal] of Object.entries(GOALS)) {
    expect(counted[name] <= goal, `${name}: ${counted[name]} clicks of ${goal}`);
    process.stdout.write(`${name}: ${counted[name]} of ${goal} clicks\n`);
}
report("minutes", checked, faults);
