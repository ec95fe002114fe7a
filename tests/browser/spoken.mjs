/* What a screen reader says of pages, line by line, without a browser.

   node tests/browser/spoken.mjs FOLDER: beside each FOLDER/name.html it writes name.txt.
   What is spoken depends on roles, names and states alone. No script runs and no style
   hides anything: what can be opened is read as if it were open.
*/
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { JSDOM, VirtualConsole } from "jsdom";

const folder = process.argv[2];
const MOST = 3000;
// The library is written for a page: it finds these as a script of one would.
const GLOBALS = [
    "Element",
    "HTMLElement",
    "HTMLInputElement",
    "HTMLTextAreaElement",
    "MutationObserver",
    "Node",
    "NodeFilter",
    "document",
    "window",
    "getComputedStyle",
    "CSS",
];

function enter(dom) {
    for (const name of GLOBALS) {
        globalThis[name] = name === "window" ? dom.window : dom.window[name];
    }
    globalThis.getComputedStyle = dom.window.getComputedStyle.bind(dom.window);
}

async function read(html) {
    // A console of its own keeps what style cannot do here out of the output.
    const virtualConsole = new VirtualConsole();
    const dom = new JSDOM(html, { pretendToBeVisual: true, virtualConsole });
    for (const one of dom.window.document.querySelectorAll("noscript")) {
        one.remove();
    }
    enter(dom);
    const { Virtual } = await import("@guidepup/virtual-screen-reader");
    const reader = new Virtual();
    await reader.start({ container: dom.window.document.body });
    for (let step = 0; step < MOST; step += 1) {
        if ((await reader.lastSpokenPhrase()) === "end of document") {
            break;
        }
        await reader.next();
    }
    const spoken = await reader.spokenPhraseLog();
    await reader.stop();
    return [dom.window.document.title.replace(/\s+/g, " ").trim(), ...spoken];
}

for (const name of readdirSync(folder).filter((one) => one.endsWith(".html"))) {
    const spoken = await read(readFileSync(join(folder, name), "utf8"));
    const path = join(folder, name.replace(/html$/, "txt"));
    writeFileSync(path, `${spoken.join("\n")}\n`);
}
