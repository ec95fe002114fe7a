import { registry } from "@web/core/registry";

// How long after a step its button may be disabled or taken away, in milliseconds.
const PATIENCE = 5000;
const STEP = 50;
const ABOVE = ".modal, .o-dropdown--menu";

/**
 * Where the focus goes on our screens, for who works by keyboard.
 *
 * A dialog gives the focus back to what opened it. Odoo tries, but has disabled the
 * button meanwhile: the focus would be lost, and who types would begin at the top. Where
 * a step is done and its button gone, another one gets it.
 *
 * In a letter Tab goes on to what follows. In Odoo's editor it indents, and nobody would
 * come out of it by the keys.
 */
export const keyboardService = {
    dependencies: ["ui"],

    start(env, { ui }) {
        let last = null;
        let name = "";
        let until = 0;
        let timer = null;

        const isLost = () =>
            document.activeElement === document.body && ui.activeElement === document;

        function comeBack() {
            const isThere = last.isConnected && !last.disabled;
            const isGone = !last.isConnected;
            (isThere ? last : isGone && instead())?.focus?.({ preventScroll: true });
        }

        /** The same button drawn anew, else the first of the header, else the search. */
        function instead() {
            const find = (what) => document.querySelector(`.o_complaint ${what}`);
            return (
                (name && find(`:not(td) > button[name="${CSS.escape(name)}"]`)) ||
                find(".o_statusbar_buttons button") ||
                find(".o_searchview_input")
            );
        }

        function watch() {
            until = Date.now() + PATIENCE;
            timer ??= setInterval(() => {
                if (last && isLost()) {
                    comeBack();
                }
                if (!last || Date.now() > until) {
                    clearInterval(timer);
                    timer = null;
                }
            }, STEP);
        }

        // Who has pressed on something else wants to be there.
        document.addEventListener("pointerdown", () => (last = null));
        document.addEventListener("focusin", ({ target }) => {
            if (!target.closest(ABOVE)) {
                last = target.closest(".o_complaint") ? target : null;
                name = target.closest("td") ? "" : target.getAttribute("name");
            }
        });
        // Odoo's buttons tell nobody further out that they were pressed.
        document.addEventListener(
            "click",
            ({ target }) => {
                if (target.closest(".o_complaint button, .modal button")) {
                    watch();
                }
            },
            { capture: true },
        );
        ui.bus.addEventListener("active-element-changed", watch);
        document.addEventListener(
            "keydown",
            (event) => {
                const isLetter = event.target.closest?.(
                    ".o_complaint .odoo-editor-editable",
                );
                if (event.key === "Tab" && isLetter) {
                    event.stopPropagation();
                }
            },
            { capture: true },
        );
    },
};

registry.category("services").add("klagebehandling.keyboard", keyboardService);
