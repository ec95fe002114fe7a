import process from "node:process";
import { launch } from "./chromium.mjs";
import { settle, signIn } from "./desk.mjs";
const [base, folder] = process.argv.slice(2);
const browser = await launch();
const SETS = [
  ["arkivar.fjordvik", "nb", [["req-list","/odoo/complaint-access-requests"],["req","/odoo/complaint-access-requests/1419"],["own-list","/odoo/complaint-own-data"],["own","/odoo/complaint-own-data/1420"],["own-new","/odoo/complaint-own-data/new"],["disp","/odoo/complaint-request-disposals"]]],
  ["hjemmetjeneste.fjordvik", "nb", [["review","/odoo/complaint-documents-asked-for/1963"],["review-own","/odoo/complaint-documents-asked-for/1968"],["case","/odoo/action-klagebehandling.complaint_case_action/6155"]]],
  ["prosedyre.fjordvik", "nb", [["rules","/odoo/complaint-retention"],["rule-new","/odoo/complaint-retention/new"],["import","/odoo/complaint-moving-in/70"],["import-list","/odoo/complaint-moving-in"],["import-new","/odoo/complaint-moving-in/new"]]],
  ["solhaug.fjordvik", "nb", [["gone","/odoo/action-klagebehandling.complaint_case_action/61"]]],
  ["registrator.gislaved", "sv", [["req","/odoo/complaint-access-requests/1424"],["own","/odoo/complaint-own-data/1425"],["disp","/odoo/complaint-request-disposals"]]],
  ["bibliotek.gislaved", "sv", [["review","/odoo/complaint-documents-asked-for/1973"],["review-own","/odoo/complaint-documents-asked-for/1976"]]],
  ["rutin.gislaved", "sv", [["import","/odoo/complaint-moving-in/71"],["rule-new","/odoo/complaint-retention/new"]]],
];
const only = process.env.ONLY;
for (const [login, lang, pages] of SETS) {
  for (const width of [1280, 390]) {
    const opts = { viewport: { width, height: width === 390 ? 844 : 800 } };
    if (width === 390) Object.assign(opts, { isMobile: true, hasTouch: true });
    let page;
    for (const [name, url] of pages) {
      if (only && !new RegExp(only).test(name)) continue;
      page ??= await signIn(browser, base, login, opts);
      try {
        await page.goto(base + url);
        await page.waitForTimeout(800);
        await settle(page);
        if (/^(import|case)$/.test(name)) for (const t of await page.locator(".o_notebook_headers .nav-link").all()) {
          const label = (await t.textContent()).trim();
          if (/Løfter|Lover|Löften|Promises|Utlovat|data|opplysn/i.test(label)) { await t.click(); await settle(page); }
        }
        await page.screenshot({ path: `${folder}/${lang}-${name}-${width}.png`, fullPage: true });
        // whole sheet on scrolling layouts
        const h = await page.evaluate(() => { const c=document.querySelector(".o_content"); return c ? c.scrollHeight : 0; });
        if (h > (width===390?844:800)-100) { await page.setViewportSize({width, height: Math.min(h+260, 3000)}); await page.waitForTimeout(250); await page.screenshot({ path: `${folder}/${lang}-${name}-${width}.png` }); await page.setViewportSize(opts.viewport); }
      } catch (e) { console.log(name, width, e.message.slice(0,200)); }
    }
    if (page) await page.context().close();
  }
}
await browser.close();
