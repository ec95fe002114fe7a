/* Counts what a case handler has to click for what is done many times a day, and fails
   above the goal.

   node tests/browser/clicks.mjs http://localhost:8069 [folder for pictures]

   It needs the people of the example organisations, and makes its own cases. Typing is
   not counted, nor is the key that ends it; opening the page is not either.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const GOALS = {
    "register a phone complaint": 2,
    "confirm receipt": 2,
    "answer and close": 4,
    "assign one case": 2,
    "assign ten cases": 3,
    "find by the reference without hyphen": 0,
    "find by a part of a name": 0,
};
const LEADER = "leder.lepro";
const COLLEAGUE = "Hilde";
// Names of this run only: it can be run again.
const RUN = `x${Date.now().toString(36)}`;
const counted = {};
let clicks = 0;

async function click(page, selector) {
    clicks += 1;
    await page.locator(selector).locator("visible=true").first().click();
}

async function task(page, name, run) {
    clicks = 0;
    await run();
    counted[name] = clicks;
    await settle(page);
    if (pictures) {
        const file = name.replaceAll(" ", "-");
        await page.screenshot({ path: join(pictures, `clicks-${file}.png`) });
    }
}

/* What the button says to a Norwegian leader. */
const ASSIGN = "Tildel";

async function open(page, path, selector) {
    await page.goto(`${base}/odoo/${path}`);
    await page.waitForSelector(selector);
    await settle(page);
}

/* A complaint by phone: the tasks that follow work on it. */
async function register(page, number) {
    await open(page, "register-complaint", ".o_form_view");
    await page.fill(
        '[name="title"] input, [name="title"] textarea',
        `${RUN} ${number}`,
    );
    await page.fill('[name="description"] textarea', "It is cold in the canteen.");
    await page.fill('[name="name"] input', `Kari Testesen ${RUN}${number}`);
    await page.fill('[name="phone"] input', "900 11 222");
    await click(page, 'button[name="action_register"]');
    await page.waitForSelector('[name="access_code"] >> visible=true');
    return (await page.textContent('div[name="reference"] [name="reference"]')).trim();
}

/* Type it into the search box: one case is found. */
async function find(page, text) {
    const search = page.locator(".o_searchview_input");
    await search.fill(text);
    await search.press("Enter");
    await settle(page);
    const found = await page.locator(".o_data_row").count();
    if (found !== 1) {
        process.stdout.write(`FAIL ${found} cases found by “${text}”\n`);
        process.exitCode = 1;
    }
}

/* Type a name and take the first that is offered. */
async function choose(page, input, text) {
    await input.fill("");
    await input.pressSequentially(text);
    await page.waitForSelector(
        ".o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item",
    );
    await settle(page);
    await input.press("Enter");
    await settle(page);
}

async function assignOne(page, text) {
    await click(page, '[name="handler_id"] input');
    await choose(page, page.locator('[name="handler_id"] input').first(), text);
    await click(page, ".o_form_button_save");
    await settle(page);
}

async function assignAll(page, text) {
    await click(page, "thead .o_list_record_selector input");
    await click(page, `.o_control_panel button:has-text("${ASSIGN}")`);
    await page.waitForSelector(".modal .o_form_view");
    await choose(page, page.locator('.modal [name="user_id"] input').first(), text);
    await click(page, '.modal button[name="action_confirm"]');
    await page.waitForSelector(".modal", { state: "detached" });
}

const browser = await launch();
const page = await signIn(browser, base, LEADER);

let reference = "";
await task(page, "register a phone complaint", async () => {
    reference = await register(page, 1);
});
await open(page, "complaints?view_type=list", ".o_data_row");
await task(page, "find by the reference without hyphen", () =>
    find(page, reference.replace("-", "").toLowerCase()),
);
await open(page, "complaints?view_type=list", ".o_data_row");
await task(page, "find by a part of a name", () => find(page, `testes ${RUN}1`));
await page.locator(".o_data_row td[name=subject]").first().click();
await page.waitForSelector(".o_statusbar_buttons");
await settle(page);
await task(page, "confirm receipt", async () => {
    await click(page, "#button_acknowledge");
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    await click(page, '.modal button[name="action_send"]');
    await page.waitForSelector(".modal", { state: "detached" });
});
await task(page, "answer and close", async () => {
    await click(page, "#button_answer_early, #button_answer");
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    await page
        .locator('.modal [name="remedy"] textarea')
        .fill("The heating is mended.");
    await page.keyboard.press("Tab");
    await click(page, '.modal [name="is_every_point_answered"] input');
    await click(
        page,
        '.modal [name="outcome"] input[type=radio], .modal [name="outcome"] .o_radio_input',
    );
    const lesson = page
        .locator('.modal [name="lesson"] textarea')
        .locator("visible=true");
    if (await lesson.count()) {
        await lesson.fill("The heating is looked after every autumn.");
    }
    const dialogue = page
        .locator('.modal [name="dialogue_attempt"] textarea')
        .locator("visible=true");
    if (await dialogue.count()) {
        await dialogue.fill("We talked it through together.");
    }
    await page.keyboard.press("Tab");
    await settle(page);
    await click(page, '.modal button[name="action_send_and_close"]');
    await page.waitForSelector(".modal", { state: "detached" });
});
for (const number of [2, 3]) {
    await register(page, number);
}
await open(page, "complaints?view_type=list", ".o_data_row");
await page.locator(`.o_data_row:has-text("${RUN} 2") td[name=subject]`).click();
await page.waitForSelector(".o_statusbar_buttons");
await settle(page);
await task(page, "assign one case", () => assignOne(page, COLLEAGUE));
await open(page, "complaints?view_type=list", ".o_data_row");
const search = page.locator(".o_searchview_input");
await search.fill(RUN);
await search.press("Enter");
await settle(page);
await task(page, "assign ten cases", () => assignAll(page, COLLEAGUE));
await browser.close();

for (const [name, goal] of Object.entries(GOALS)) {
    const isGood = counted[name] !== undefined && counted[name] <= goal;
    process.stdout.write(
        `${isGood ? "ok  " : "FAIL"} ${name}: ${counted[name]} of ${goal} clicks\n`,
    );
    if (!isGood) {
        process.exitCode = 1;
    }
}
