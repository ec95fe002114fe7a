/* Debian's Chromium, told to ask nobody else for anything. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

import { chromium } from "playwright-core";

const NAMES = ["google-chrome", "chromium", "chromium-browser"];
const ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

/* The one that is named, else the first on the path, as for Odoo's own browser tests. */
function find() {
    const folders = (process.env.PATH ?? "").split(delimiter);
    const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
    return process.env.CHROMIUM ?? paths.find(existsSync) ?? "/usr/bin/chromium";
}

export function launch() {
    return chromium.launch({
        executablePath: find(),
        args: ARGUMENTS,
    });
}
