/* Who looks over the shoulder: leaving at once, covering what is left alone.

   The page works without this script, and says what is missing then. Nothing is stored:
   what somebody has written stays in the memory of the page.
*/
const COVER_AFTER = 5 * 60 * 1000;
const WARN_AFTER = COVER_AFTER - 60 * 1000;
const SIGNS_OF_LIFE = [
    "keydown",
    "input",
    "pointerdown",
    "pointermove",
    "touchstart",
    "wheel",
    "scroll",
    "focusin",
    "selectionchange",
];

const { idle, closed } = document.body.dataset;
const region = document.getElementById("idle");
let lastUse = Date.now();
let isLeaving = false;
let cover = null;
let lastForm = null;
let timer = 0;

function stamp(id) {
    return document.getElementById(id).content.cloneNode(true);
}

/* Leave nothing of this page behind: neither in sight nor behind “Back”. */
function replaceBy(address) {
    isLeaving = true;
    document.body.replaceChildren();
    window.location.replace(address);
}

/* -- leaving at once ------------------------------------------------------------------ */

const exit = document.getElementById("leave");

exit.addEventListener("click", (event) => {
    event.preventDefault();
    replaceBy(exit.href);
});

// Who leaves like this is not asked whether they are sure: first of all who listen.
window.addEventListener(
    "beforeunload",
    (event) => {
        if (isLeaving) {
            event.stopImmediatePropagation();
        }
    },
    { capture: true },
);

/* -- a page that is left alone --------------------------------------------------------- */

function hasDraft(form) {
    return [...form.elements].some(
        (one) =>
            (one.matches("textarea, input:not([type=hidden])") &&
                !one.matches("[type=radio], [type=checkbox], [name=website]") &&
                one.value.trim() !== "") ||
            (one.type === "checkbox" && one.checked !== one.defaultChecked),
    );
}

/* The form with something in it that was not sent; the one used last, if there are more. */
function findDraft() {
    const drafts = [...document.forms].filter(hasDraft);
    return drafts.includes(lastForm) ? lastForm : drafts[0];
}

function warn() {
    if (region.hasChildNodes()) {
        return;
    }
    const draft = findDraft();
    const words = stamp("idle-warning");
    for (const one of words.querySelectorAll("[data-draft]")) {
        one.hidden = !draft;
    }
    words.querySelector("[data-do=stay]").addEventListener("click", stay);
    words.querySelector("[data-do=send]")?.addEventListener("click", () => {
        isLeaving = true;
        draft.requestSubmit();
    });
    region.append(words);
}

function end() {
    if (idle === "empty") {
        replaceBy(closed);
    } else if (!cover) {
        region.replaceChildren();
        cover = stamp("idle-cover").firstElementChild;
        cover.querySelector("[data-do=show]").addEventListener("click", () => {
            cover.close();
        });
        cover.querySelector("[data-do=leave]").addEventListener("click", () => {
            replaceBy(exit.href);
        });
        cover.addEventListener("close", uncover);
        document.documentElement.classList.add("covered");
        document.body.append(cover);
        cover.showModal();
    }
}

function uncover() {
    document.documentElement.classList.remove("covered");
    cover.remove();
    cover = null;
    lastUse = Date.now();
    plan(WARN_AFTER);
}

function plan(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, wait);
}

/* Somebody is here. After a sleep of the machine the first key comes too late. */
function use(event) {
    lastForm = event.target?.form ?? lastForm;
    if (cover || isLeaving) {
        return;
    }
    if (Date.now() - lastUse >= COVER_AFTER) {
        end();
        return;
    }
    const isWarned = region.hasChildNodes();
    if (isWarned && event.type === "pointermove") {
        // On its way to a button of the warning.
        return;
    }
    lastUse = Date.now();
    if (isWarned && !region.contains(event.target)) {
        region.replaceChildren();
    }
}

function stay() {
    lastUse = Date.now();
    region.replaceChildren();
}

/* See how long nobody has been here, and look again when that may matter. */
function look() {
    if (cover || isLeaving) {
        return;
    }
    const alone = Date.now() - lastUse;
    if (alone >= COVER_AFTER) {
        end();
        return;
    }
    if (alone >= WARN_AFTER) {
        warn();
    }
    plan((alone < WARN_AFTER ? WARN_AFTER : COVER_AFTER) - alone);
}

if (idle) {
    for (const name of SIGNS_OF_LIFE) {
        document.addEventListener(name, use, { capture: true, passive: true });
    }
    document.addEventListener("visibilitychange", () => {
        if (Date.now() - lastUse >= COVER_AFTER) {
            look();
        }
    });
    plan(WARN_AFTER);
}

/* -- behind “Back” --------------------------------------------------------------------- */

const question = closed.replace("closed=1&", "");

// A case is behind neither “Back” nor reloading: the browser would send the code once
// more. Nor is it kept in memory when it is left by a link.
if (idle === "empty") {
    window.history.replaceState(null, "", question);
    window.addEventListener("pagehide", () => {
        isLeaving = true;
        document.body.replaceChildren();
    });
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) {
            window.location.replace(closed);
        }
    });
}

// Who has kept the code finds no receipt behind “Back”, not even by sending once more.
// The receipt may come into a page that stayed: it is listened for in the document.
document.addEventListener("submit", (event) => {
    if (event.target.id !== "kept") {
        return;
    }
    window.history.replaceState(null, "", question);
    window.addEventListener("pagehide", () => document.body.replaceChildren());
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) {
            window.location.replace(question);
        }
    });
});
