// The form works without this script. With it nothing that was typed or chosen gets
// lost: the page stays until the answer is there, and holds the files in its memory.
// Nothing is stored: not in the browser, not on the server, not in an address. The receipt
// alone is held with its page, as a browser holds what a form has sent: reloading shows
// the code until somebody says that it is kept, for as long as sending again would.
const PARTS = [".top", "#main", ".bottom"];
const HELD = 60 * 60 * 1000;
let files = [];
let isLeaving = false;

const theForm = () => document.getElementById("complaint");
const say = (key) => document.querySelector(`[data-say="${key}"]`).textContent;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
}

/* Say something where a screen reader hears it and everybody sees it. */
function tell(text, isWrong = false) {
    const live = document.getElementById("live");
    live.className = isWrong ? "live errors" : "live";
    live.textContent = text;
}

// -- leaving the page

function isTyped() {
    const form = theForm();
    if (!form) {
        // The code is shown once: as long as nobody has said that it is kept.
        return Boolean(document.querySelector("p.secret"));
    }
    const texts = [...form.querySelectorAll("textarea")];
    return files.length > 0 || texts.some((text) => text.value.trim());
}

window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isTyped()) {
        event.preventDefault();
    }
});

// Who has to be gone at once is not asked, and neither is who has kept the code.
document.addEventListener(
    "click",
    (event) => {
        isLeaving ||= Boolean(event.target.closest("[data-exit]"));
    },
    true,
);

// -- sending

function body(form, submitter) {
    const data = new FormData(form);
    data.delete("attachments");
    if (submitter?.name) {
        data.append(submitter.name, submitter.value);
    } else {
        files.forEach((file) => data.append("attachments", file, file.name));
    }
    return data;
}

function setBusy(form, isBusy) {
    document.getElementById("main").setAttribute("aria-busy", String(isBusy));
    for (const button of form.querySelectorAll("button[type=submit]")) {
        button.disabled = isBusy;
    }
}

function showProgress(event) {
    if (event.lengthComputable && files.length) {
        const share = Math.floor((100 * event.loaded) / event.total);
        document.getElementById("live").textContent = `${say("sending")} ${share} %`;
    }
}

function send(form, submitter) {
    const address = submitter?.getAttribute("formaction") ?? form.action;
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.upload.addEventListener("progress", showProgress);
    request.addEventListener("loadend", () => {
        setBusy(form, false);
        answered(request, address);
    });
    const data = body(form, submitter);
    setBusy(form, true);
    tell(submitter?.name ? "" : say("sending"));
    request.send(data);
}

function answered(request, address) {
    if (!request.status) {
        tell(say("unreached"), true);
    } else if (request.status === 413) {
        tell(say("too-large"), true);
    } else if (request.status >= 500 || !request.response?.getElementById("main")) {
        tell(say("failed"), true);
    } else {
        show(request.response, address);
    }
}

function takePlace(next) {
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    for (const part of PARTS) {
        document.querySelector(part).replaceWith(next.querySelector(part));
    }
}

function hold(page) {
    const { title, documentElement } = page;
    const receipt = PARTS.map((part) => page.querySelector(part).outerHTML).join("");
    return { receipt, title, lang: documentElement.lang, until: Date.now() + HELD };
}

/* Show the receipt that was here before the page was loaded again. */
function comeBack() {
    const { receipt, title, lang, until } = history.state ?? {};
    if (receipt && Date.now() < until) {
        const next = new DOMParser().parseFromString(receipt, "text/html");
        next.title = title;
        next.documentElement.lang = lang;
        takePlace(next);
    }
}

/* Take the place of this page, as if the browser had gone to the next one. */
function show(next, address) {
    const isReceipt = Boolean(next.querySelector("p.secret"));
    history.replaceState(isReceipt ? hold(next) : null, "", address);
    takePlace(next);
    if (!theForm()) {
        files = [];
    }
    enhance();
    document.dispatchEvent(new CustomEvent("complaint:shown"));
    window.scrollTo(0, 0);
    (document.getElementById("errors") ?? document.getElementById("main")).focus();
}

document.addEventListener("submit", (event) => {
    const isReceipt = !theForm();
    isLeaving ||= isReceipt;
    if (event.target.id === "complaint") {
        event.preventDefault();
        send(event.target, event.submitter);
    }
});

// -- files

function size(file) {
    const language = document.documentElement.lang;
    const [unit, by] =
        file.size < 1024 * 1024 ? ["kilobyte", 1024] : ["megabyte", 1024 * 1024];
    const style = { style: "unit", unit, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(language, style).format(file.size / by);
}

/* Why a file cannot go along; nothing where it can. */
function wrongWith(file) {
    const { largest, most } = theForm().dataset;
    const together = files.reduce((sum, one) => sum + one.size, file.size);
    if (!file.size) {
        return say("file-empty");
    }
    if (file.size > Number(largest)) {
        return say("file-large");
    }
    return together > Number(most) ? say("file-much") : "";
}

function take(chosen) {
    const refused = [];
    for (const file of chosen) {
        const fault = wrongWith(file);
        if (fault) {
            refused.push([file, fault]);
        } else {
            files.push(file);
        }
    }
    list(refused);
}

function line(file, text, isWrong) {
    const name = element("strong", { textContent: file.name });
    const result = element("span", {
        className: isWrong ? "error" : "",
        textContent: text,
    });
    return element("li", {}, name, ` (${size(file)}) `, result, " ");
}

/* Each file with what becomes of it, and a button that takes it away. */
function list(refused = []) {
    const shown = document.getElementById("files");
    const wrong = document.getElementById("q-attachments-error")?.textContent ?? "";
    const rows = files.map((file) => {
        const isNamed = wrong.includes(file.name);
        const text = say(isNamed ? "file-look" : "file-ready");
        const row = line(file, text, isNamed);
        const name = element("span", { className: "unseen", textContent: file.name });
        const button = element(
            "button",
            { type: "button" },
            say("file-remove"),
            " ",
            name,
        );
        button.addEventListener("click", () => {
            files = files.filter((one) => one !== file);
            list();
            document.getElementById("q-attachments").focus();
        });
        row.append(button);
        return row;
    });
    rows.push(...refused.map(([file, fault]) => line(file, fault, true)));
    shown.replaceChildren(...rows);
    shown.hidden = !rows.length;
    tell(refused.map(([file, fault]) => `${file.name}: ${fault}`).join(" "));
}

function enhanceFiles(form) {
    const inputs = [...form.querySelectorAll('input[type="file"]')];
    if (!inputs.length) {
        return;
    }
    const shown = element("ul", { id: "files", className: "files", hidden: true });
    shown.setAttribute("aria-label", say("files"));
    const question = inputs[0].closest(".question");
    question.append(shown);
    inputs[0].before(element("p", { className: "hint", textContent: say("drop") }));
    for (const input of inputs) {
        input.addEventListener("change", () => {
            take(input.files);
            input.value = "";
        });
    }
    question.addEventListener("dragover", (event) => event.preventDefault());
    question.addEventListener("drop", (event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
    });
    if (files.length) {
        question.closest("details")?.setAttribute("open", "open");
        document.querySelectorAll("[data-lost-files]").forEach((one) => one.remove());
        list();
    }
}

// -- many answers

function enhanceSearch(form) {
    const groups = form.querySelector('[id$="-groups"]');
    if (!groups || groups.querySelectorAll(".option").length < 8) {
        return;
    }
    const field = element("input", { type: "search", id: "search-grounds" });
    const label = element("label", { htmlFor: field.id, textContent: say("search") });
    const none = element("p", { className: "hint" });
    none.setAttribute("role", "status");
    groups.before(label, field, none);
    field.addEventListener("input", () => {
        const words = plain(field.value).split(/\s+/).filter(Boolean);
        let found = 0;
        for (const group of groups.querySelectorAll(".group")) {
            let inGroup = 0;
            for (const option of group.querySelectorAll(".option")) {
                const text = plain(option.textContent);
                option.hidden = !words.every((word) => text.includes(word));
                inGroup += option.hidden ? 0 : 1;
            }
            group.hidden = !inGroup;
            group.open =
                Boolean(words.length && inGroup) ||
                Boolean(group.querySelector(":checked"));
            found += inGroup;
        }
        none.textContent = found ? "" : say("none");
    });
    field.addEventListener("keydown", (event) => {
        // Enter looks for the word: it does not send the form.
        if (event.key === "Enter") {
            event.preventDefault();
        }
    });
}

function enhance() {
    const form = theForm();
    if (form) {
        enhanceFiles(form);
        enhanceSearch(form);
    }
}

comeBack();
enhance();
