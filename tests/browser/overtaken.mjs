/* Two people write the same text of a case, and in a row of one of its lists: who comes too
   late is told what stands there now, and keeps what was typed.

   node tests/browser/overtaken.mjs http://localhost:8069 [folder for pictures]

   It needs the example organisations of `make run`, and leaves cases behind.
*/
import { join } from "node:path";
import process from "node:process";

import { launch } from "./chromium.mjs";
import { call, closeDialogs, open, report, settle, signIn } from "./desk.mjs";

const base = process.argv[2] ?? "http://localhost:8069";
const pictures = process.argv[3];
const WAYS = [
    { lang: "nb", login: "leder.lepro", policy: "lepro", says: "Noen andre endret" },
    {
        lang: "sv",
        login: "socialchef.ljusnarsberg",
        policy: "ljusnarsberg",
        says: "Någon annan ändrade",
    },
];
const faults = [];
let checked = 0;

function check(is, what) {
    checked += 1;
    if (!is) {
        faults.push(what);
    }
}

async function openPage(page, name) {
    await page.locator(`.o_notebook .nav-link[name="${name}"]`).click();
    await settle(page);
}

async function save(page) {
    await page.locator(".o_form_button_save").locator("visible=true").first().click();
    await settle(page);
}

async function run(browser, way) {
    const page = await signIn(browser, base, way.login);
    const { case_id: id } = await call(page, "complaint.intake", "register", [
        { policy: way.policy, channel: "phone", kind: "complaint", description: "Kaldt." },
    ]);
    const write = (model, row, values) => call(page, model, "write", [[row], values]);
    const texts = [
        {
            tab: "assessment",
            find: () => page.locator('[name="remedy"] textarea').locator("visible=true"),
            change: () => write("complaint.case", id, { remedy: "Andre ord" }),
        },
        {
            tab: "investigation",
            before: async () => {
                await write("complaint.case", id, { point_ids: [[0, 0, { name: "Kaldt" }]] });
            },
            find: async () => {
                const cell = page.locator('.o_data_row td[name="findings"]').first();
                await cell.click();
                return cell.locator("textarea, input");
            },
            change: async () => {
                const [row] = await call(page, "complaint.point", "search", [
                    [["case_id", "=", id]],
                ]);
                await write("complaint.point", row, { findings: "Andre ord" });
            },
        },
    ];
    for (const text of texts) {
        await text.before?.();
        await open(page, base, `complaint.case/${id}`);
        await openPage(page, text.tab);
        const field = await text.find();
        await field.fill("Mine egne ord");
        await text.change();
        await save(page);
        const said = await page.locator(".modal").innerText().catch(() => "");
        check(said.includes(way.says) && said.includes("Andre ord"), `${text.tab}: ${said}`);
        if (pictures) {
            const name = `overtaken-${way.lang}-${text.tab}.png`;
            await page.screenshot({ path: join(pictures, name) });
        }
        await closeDialogs(page);
        const shown = await page.locator(".o_form_view").innerText();
        const typed = await page
            .locator(".o_form_view textarea, .o_form_view input")
            .evaluateAll((all) => all.map((one) => one.value).join());
        check(`${shown}${typed}`.includes("Mine egne ord"), `${text.tab}: typed text lost`);
        await page.locator(".o_form_button_cancel").locator("visible=true").first().click();
        await settle(page);
        await (await text.find()).fill("Andre ord, og mine egne ord");
        await save(page);
        check(!(await page.locator(".modal").count()), `${text.tab}: not saved`);
    }
    await page.context().close();
}

const browser = await launch();
for (const way of WAYS) {
    await run(browser, way);
}
await browser.close();
report("overtaken", checked, faults);
