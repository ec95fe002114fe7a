// Everything works without this script. It only hides what does not apply.
function chosen(form, name) {
    return form.querySelector(`[name="${name}"]:checked`)?.value;
}

function toggle(element, isShown) {
    if (element) {
        element.hidden = !isShown;
    }
}

function refresh() {
    const form = document.querySelector("form[enctype]");
    if (!form) {
        return;
    }
    const isAnonymous = chosen(form, "anonymity") === "anonymous";
    const isPraise = chosen(form, "kind") === "praise";
    const question = (name) => form.querySelector(`[data-question="${name}"]`);
    for (const one of form.querySelectorAll("[data-identity]")) {
        toggle(one, !isAnonymous);
        for (const input of one.querySelectorAll("input")) {
            input.dataset.autocomplete ??= input.autocomplete;
            input.autocomplete = isAnonymous ? "off" : input.dataset.autocomplete;
        }
    }
    toggle(
        question("reply_channel"),
        !isAnonymous && chosen(form, "wants_reply") !== "no",
    );
    toggle(question("about_manager"), !isPraise);
    toggle(question("desired_outcome"), !isPraise);
}

document.addEventListener("change", refresh);
document.addEventListener("complaint:shown", refresh);
refresh();

function offerPrint() {
    toggle(document.getElementById("print"), true);
}

document.addEventListener("click", (event) => {
    if (event.target.id === "print") {
        window.print();
    }
});
document.addEventListener("complaint:shown", offerPrint);
offerPrint();
