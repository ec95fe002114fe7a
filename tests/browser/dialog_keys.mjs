/* A dialog without a mouse: it is opened, gone through and left with the keys. */
import { settle } from "./desk.mjs";

const FURTHEST = 90;

/* Where the focus is now; how often it was there is counted in the page. */
function look(page) {
    return page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const isTyped = element.matches(
            "input:not([type=radio]):not([type=checkbox]), textarea",
        );
        const isMarked =
            (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
            style.boxShadow !== "none";
        const isAgain = Boolean(element.klageSeen);
        element.klageSeen = true;
        return {
            isAgain,
            isIn: Boolean(element.closest(".modal:not(.o_inactive_modal)")),
            isLost: element === document.body,
            isSeen: isTyped || element.isContentEditable || isMarked,
            html: element.outerHTML.slice(0, 120),
        };
    });
}

async function isSeenSoon(page) {
    await page.waitForTimeout(250);
    return (await look(page)).isSeen;
}

/* Until the focus stays where the dialog puts it: on a slow machine that takes a moment. */
async function comesIn(page) {
    const now = () =>
        page.evaluate(() => {
            const { activeElement: element } = document;
            const isSame = window.klageFocus === element;
            window.klageFocus = element;
            return isSame && Boolean(element.closest(".modal"));
        });
    await now();
    for (let step = 0; step < 10; step += 1) {
        await page.waitForTimeout(60);
        if (await now()) {
            break;
        }
    }
}

/* Buttons of the dialog where the focus was not. */
function unreached(page) {
    return page.evaluate(() =>
        [
            ...document.querySelectorAll(
                ".modal:not(.o_inactive_modal) footer button:not([disabled])",
            ),
        ]
            .filter((button) => button.offsetParent && !button.klageSeen)
            .map((button) => button.textContent.trim()),
    );
}

/**
 * Go round by Tab in the dialog that is open, and leave it by Escape.
 *
 * @returns {Promise<string[]>} what is wrong with it
 */
export async function goRound(page) {
    const faults = [];
    await comesIn(page);
    const isOpen = (await page.locator(".modal").count()) || 0;
    for (let step = 0; step < FURTHEST; step += 1) {
        const now = await look(page);
        if (!now.isIn) {
            faults.push(`the focus is outside of the dialog, at ${now.html}`);
            break;
        }
        if (now.isAgain) {
            break;
        }
        // A mark may take a moment to come up.
        if (!now.isSeen && !(await isSeenSoon(page))) {
            faults.push(`the focus is not seen at ${now.html}`);
        }
        await page.keyboard.press("Tab");
        await page.waitForTimeout(5);
    }
    for (const name of await unreached(page)) {
        faults.push(`Tab does not come to the button ${name}`);
    }
    await page.keyboard.press("Escape");
    await settle(page);
    if ((await page.locator(".modal").count()) >= isOpen) {
        faults.push("Escape does not close the dialog");
    }
    return faults;
}

/* What is wrong with where the focus came back to: lines. On a slow machine it comes a
   moment after the dialog has gone. */
export async function comesBack(page) {
    for (let tries = 0; tries < FURTHEST; tries += 1) {
        const { isLost } = await look(page);
        if (!isLost) {
            return [];
        }
        await page.waitForTimeout(20);
    }
    return ["the focus does not come back, and who types is at the top"];
}
