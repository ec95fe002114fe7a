// Everything works without this script. It only hides what does not apply.
const form = document.querySelector("form[enctype]");

function chosen(name) {
    return form.querySelector(`[name="${name}"]:checked`)?.value;
}

function toggle(element, isShown) {
    if (element) {
        element.hidden = !isShown;
    }
}

function refresh() {
    const isAnonymous = chosen("anonymity") === "anonymous";
    for (const question of form.querySelectorAll("[data-identity]")) {
        toggle(question, !isAnonymous);
        for (const input of question.querySelectorAll("input")) {
            input.dataset.autocomplete ??= input.autocomplete;
            input.autocomplete = isAnonymous ? "off" : input.dataset.autocomplete;
        }
    }
    toggle(form.querySelector('[data-when="anonymous"]'), isAnonymous);
    toggle(
        form.querySelector('[data-question="reply_channel"]'),
        !isAnonymous && chosen("wants_reply") !== "no",
    );
    toggle(
        form.querySelector('[data-option="external_caseworker"]'),
        chosen("place_type") !== "municipal",
    );
}

if (form) {
    form.addEventListener("change", refresh);
    refresh();
}

const print = document.getElementById("print");
if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
}
