/* Every screen of ours that Odoo knows of: nothing here is a list that somebody keeps. */
import { call } from "./desk.mjs";

const OURS = /^klagebehandling(_\w+)?\./;
const MODELS = "complaint.";
const TYPES = ["form", "list", "kanban", "calendar", "pivot", "graph", "activity"];

/* The literal defaults in a context: what makes several dialogs of one. */
function literals(context) {
    const found = {};
    const pattern = /'default_(\w+)':\s*(?:'([^']*)'|(True|False))/g;
    for (const [, name, text, flag] of (context ?? "").matchAll(pattern)) {
        found[`default_${name}`] = text ?? flag === "True";
    }
    return found;
}

/* The buttons in the views of ours: their action or method, context and question. */
async function findButtons(page) {
    const domain = [["model", "=like", `${MODELS}%`]];
    const views = await call(page, "ir.ui.view", "search_read", [domain], {
        fields: ["model", "arch_db"],
    });
    const buttons = views.map(({ model, arch_db: arch }) =>
        page.evaluate(
            ([model, arch]) =>
                [
                    ...new DOMParser()
                        .parseFromString(arch, "text/xml")
                        .querySelectorAll("button[name]"),
                ].map((button) => ({
                    model,
                    name: button.getAttribute("name"),
                    type: button.getAttribute("type"),
                    context: button.getAttribute("context"),
                    isAsked: button.hasAttribute("confirm"),
                })),
            [model, arch],
        ),
    );
    return (await Promise.all(buttons)).flat();
}

/**
 * The screens of ours.
 *
 * @returns {Promise<object>} `pages`: window actions that are shown as a page; `dialogs`:
 * those over it, one for each set of defaults that a button or the action itself names;
 * `others`: dialogs that no window action opens; `views`: "model type" of each view;
 * `asked`: methods behind a button that asks whether one is sure
 */
export async function findScreens(page) {
    const fields = ["xml_id", "res_model", "target", "view_mode", "context"];
    const all = await call(page, "ir.actions.act_window", "search_read", [[]], {
        fields,
    });
    const actions = all
        .filter(({ xml_id: name }) => OURS.test(name))
        .sort((one, other) => one.id - other.id);
    const buttons = await findButtons(page);
    const dialogs = [];
    for (const action of actions.filter(({ target }) => target === "new")) {
        const variants = buttons
            .filter(({ name, type }) => type === "action" && Number(name) === action.id)
            .map(({ context }) => literals(context))
            .filter((values) => Object.keys(values).length);
        const seen = new Map(
            (variants.length ? variants : [{}]).map((values) => {
                const fixed = { ...literals(action.context), ...values };
                const said = Object.values(values).join(" ");
                return [`${action.xml_id} ${said}`.trim(), fixed];
            }),
        );
        for (const [name, values] of seen) {
            dialogs.push({ ...action, name, values });
        }
    }
    const views = await call(
        page,
        "ir.ui.view",
        "search_read",
        [
            [
                ["model", "=like", `${MODELS}%`],
                ["mode", "=", "primary"],
                ["type", "in", TYPES],
            ],
        ],
        { fields: ["model", "type"] },
    );
    const models = await call(
        page,
        "ir.model",
        "search_read",
        [
            [
                ["model", "=like", `${MODELS}%`],
                ["transient", "=", true],
            ],
        ],
        { fields: ["model"] },
    );
    const transient = new Set(models.map(({ model }) => model));
    const opened = new Set(actions.map(({ res_model: model }) => model));
    const shown = [...new Set(views.map(({ model }) => model))].sort();
    return {
        pages: actions.filter(({ target }) => target !== "new"),
        dialogs,
        others: shown.filter((model) => transient.has(model) && !opened.has(model)),
        views: [
            ...new Set(
                views
                    .filter(({ model }) => !transient.has(model))
                    .map(({ model, type }) => `${model} ${type}`),
            ),
        ],
        asked: new Set(
            buttons.filter(({ isAsked }) => isAsked).map(({ name }) => name),
        ),
        byId: new Map(actions.map((action) => [action.id, action])),
    };
}
