/* The ways of those who complain, from the first visit to the receipt, in a browser on a
   phone. Heights and key presses are counted, and above the goal is a fault.

   node tests/browser/public_journeys.mjs http://localhost:8069 [folder for pictures]

   It needs the example organisations, and leaves a case behind for each way.
   KLAGE_COOKIE="name=value" is sent along, which a server under test asks for.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const [cookieName, cookieValue] = (process.env.KLAGE_COOKIE ?? "").split("=");
const PHONE = { viewport: { width: 390, height: 844 } };
const MOST_SCREENS = 3;
const MOST_PRESSES = 60;
const LONGER_THAN_THE_TIME_TRAP = 3500;
const SLUGS = ["lepro", "fjordvik", "ljusnarsberg", "robertsfors", "gislaved"];
const note = (name) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from("plain words"),
});

const faults = [];
let checked = 0;

function expect(isTrue, fault) {
    checked += 1;
    if (!isTrue) {
        faults.push(fault);
    }
}

async function begin(browser, slug, lang, options = {}) {
    const context = await browser.newContext({ ...PHONE, ...options });
    if (cookieName) {
        await context.addCookies([{ name: cookieName, value: cookieValue, url: base }]);
    }
    const page = await context.newPage();
    await page.goto(`${base}/klage/${slug}?lang=${lang}`);
    return page;
}

/* Measure with the folds closed, as the page comes. */
async function measure(page, name) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const screens = height / PHONE.viewport.height;
    expect(
        screens <= MOST_SCREENS,
        `${name}: ${height} px, ${screens.toFixed(2)} screens`,
    );
    process.stdout.write(`${name}: ${height} px\n`);
}

async function send(page) {
    await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
    await page.click("button.primary");
    await page.waitForLoadState();
    await page.waitForSelector('main:not([aria-busy="true"])');
}

async function received(page, name) {
    const code = page.locator("p.secret");
    await code.waitFor({ timeout: 15000 }).catch(() => undefined);
    expect((await code.count()) === 1, `${name}: no receipt came`);
    if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    }
    await page.context().close();
}

const open = (page, fold) => page.click(`[data-fold="${fold}"] > summary`);

const JOURNEYS = {
    async "named, nb"(browser, name) {
        const page = await begin(browser, "lepro", "nb");
        await measure(page, name);
        await page.fill('[name="description"]', "Det var kaldt i kantina.");
        await page.check('[name="kind"][value="complaint"]');
        await page.check('[name="anonymity"][value="open"]');
        await page.fill('[name="name"]', "Kari Nordmann");
        await page.fill('[name="email"]', "kari@example.com");
        await send(page);
        await received(page, name);
    },
    async "anonymous with two files, sv"(browser, name) {
        const page = await begin(browser, "gislaved", "sv");
        await measure(page, name);
        await page.fill('[name="description"]', "Det var kallt i matsalen.");
        await page.check('[name="anonymity"][value="anonymous"]');
        expect(!(await page.isVisible('[name="name"]')), `${name}: a name is asked`);
        await open(page, "files");
        await page.setInputFiles("#q-attachments", [note("ett.txt"), note("två.txt")]);
        await send(page);
        const text = await page.textContent("main");
        for (const file of ["ett.txt", "två.txt"]) {
            expect(text.includes(file), `${name}: ${file} did not go along`);
        }
        // The dialogue, by the code: more words and two more files.
        const code = await page.locator("p.secret").innerText();
        await page.click("#kept button[type=submit]");
        await page.waitForSelector("#code");
        await page.fill("#code", code);
        await page.click("button.primary");
        await page.waitForSelector('[action*="/write"]');
        await page.fill("#text-write", "Det var kallt i dag också.");
        await page.setInputFiles("#files-write", [note("tre.txt"), note("fyra.txt")]);
        await page.click('[action*="/write"] button[type=submit]');
        await page.waitForLoadState();
        // The files of who is anonymous lose their names.
        const said = await page.textContent("main");
        expect(said.includes("i dag också."), `${name}: the dialogue lacks the words`);
        expect(!said.includes("tre.txt"), `${name}: a file keeps its name`);
        if (pictures) {
            const path = join(pictures, `${name}, dialogue.png`);
            await page.screenshot({ path, fullPage: true });
        }
        await page.context().close();
    },
    async "a child, in easy words"(browser, name) {
        const page = await begin(browser, "gislaved", "sv");
        await page.click('a[href*="/enkelt"]');
        const press = async (selector) => {
            await page.click(selector);
            await page.waitForLoadState();
        };
        await press("button.primary");
        await press('[name="danger"][value="no"]');
        await page.fill('[name="description"]', "De är dumma mot mig.");
        await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
        await press("button.primary");
        await page.check('[name="support"][value="interpreter"]');
        await press("button.primary");
        await page.fill('[name="interpreter_language"]', "somaliska");
        await press("button.primary");
        await press('[name="anonymity"][value="anonymous"]');
        const asked = await page.textContent("main");
        for (const said of ["De är dumma mot mig.", "somaliska"]) {
            expect(asked.includes(said), `${name}: ${said} is not shown`);
        }
        await press("button.primary");
        await received(page, name);
    },
    async "anonymity refused"(browser, name) {
        const page = await begin(browser, "ljusnarsberg", "sv");
        await measure(page, name);
        const words = "Vi fick vänta i tre veckor.";
        expect(
            !(await page.locator('[value="anonymous"]').count()),
            `${name}: it is offered`,
        );
        const refusal = page.locator('[aria-labelledby="s-not-anonymous"]');
        expect(await refusal.isVisible(), `${name}: it is not said`);
        expect(
            (await refusal.innerText()).includes("blanketten"),
            `${name}: no paper is offered`,
        );
        // Whoever asks for it all the same keeps the text.
        await page.fill('[name="description"]', words);
        await page.evaluate(() => {
            const radio = document.querySelector('[name="anonymity"]');
            radio.value = "anonymous";
            radio.checked = true;
        });
        await send(page);
        expect(
            (await page.inputValue('[name="description"]')) === words,
            `${name}: the text is lost`,
        );
        await page.context().close();
    },
    async "about the nearest manager"(browser, name) {
        const page = await begin(browser, "lepro", "nb");
        await page.fill('[name="description"]', "Lederen hørte ikke på meg.");
        await page.check('[name="about_manager"][value="yes"]');
        await page.check('[name="anonymity"][value="protected"]');
        await page.fill('[name="name"]', "Kari Nordmann");
        await send(page);
        await received(page, name);
    },
    async "next of kin for a service user"(browser, name) {
        const page = await begin(browser, "fjordvik", "nb");
        await measure(page, name);
        await page.fill('[name="description"]', "Mor fikk ikke middag.");
        await page.check('[name="anonymity"][value="open"]');
        await page.fill('[name="name"]', "Ola Nordmann");
        await open(page, "person");
        await page.check('[name="complainant_kind"][value="next_of_kin"]');
        await page.fill('[name="authorisation"]', "Jeg har fullmakt fra mor.");
        await send(page);
        await received(page, name);
    },
    async praise(browser, name) {
        const page = await begin(browser, "gislaved", "sv");
        await page.fill('[name="description"]', "Tack för god mat!");
        await page.check('[name="kind"][value="praise"]');
        await page.check('[name="anonymity"][value="anonymous"]');
        await send(page);
        await received(page, name);
    },
    async "without a script"(browser, name) {
        const page = await begin(browser, "robertsfors", "sv", {
            javaScriptEnabled: false,
        });
        const words = "Ingen ringde tillbaka.";
        await page.fill('[name="description"]', words);
        await page.click('nav button[lang="en"]');
        await page.waitForLoadState();
        expect(
            (await page.inputValue('[name="description"]')) === words,
            `${name}: another language lost the text`,
        );
        await page.check('[name="anonymity"][value="anonymous"]');
        await open(page, "more");
        await open(page, "files");
        await page.setInputFiles("#q-attachments", [note("brev.txt")]);
        await send(page);
        await received(page, name);
    },
    async "by keyboard only"(browser, name) {
        const page = await begin(browser, "ljusnarsberg", "sv");
        let presses = 0;
        const press = async (key) => {
            presses += 1;
            await page.keyboard.press(key);
        };
        const focused = () =>
            page.evaluate(() => ({
                name: document.activeElement.name ?? "",
                type: document.activeElement.type ?? "",
                isPrimary: document.activeElement.className === "primary",
            }));
        const TYPED = {
            description: "Skickat med tangentbord.",
            email: "kari@example.com",
        };
        const chosen = new Set();
        for (let step = 0; step < MOST_PRESSES; step += 1) {
            await press("Tab");
            const here = await focused();
            if (here.isPrimary) {
                break;
            }
            if (here.type === "radio" && !chosen.has(here.name)) {
                chosen.add(here.name);
                await press("Space");
            }
            if (TYPED[here.name]) {
                await page.keyboard.type(TYPED[here.name]);
            }
        }
        await page.waitForTimeout(LONGER_THAN_THE_TIME_TRAP);
        await press("Enter");
        await page.waitForSelector('main:not([aria-busy="true"])');
        process.stdout.write(`${name}: ${presses} key presses beside the words\n`);
        expect(presses <= MOST_PRESSES, `${name}: ${presses} key presses`);
        await received(page, name);
    },
};

const browser = await launch();
for (const slug of SLUGS) {
    const lang = ["lepro", "fjordvik"].includes(slug) ? "nb" : "sv";
    const page = await begin(browser, slug, lang);
    await measure(page, slug);
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > window.innerWidth,
    );
    expect(!wide, `${slug}: wider than the phone`);
    await page.context().close();
}
for (const [name, journey] of Object.entries(JOURNEYS)) {
    await journey(browser, name).catch((error) => {
        expect(false, `${name}: ${error.message.split("\n")[0]}`);
    });
}
await browser.close();
process.stdout.write(`${checked} checks, ${faults.length} faults\n`);
for (const fault of faults) {
    process.stdout.write(`- ${fault}\n`);
}
process.exitCode = faults.length ? 1 : 0;
