/* What the screens of the desk need to be seen whole: cases that nobody of the example
   organisations has, made by those whose work it is, as they would make them.
*/
import { Buffer } from "node:buffer";

import { ADMIN } from "./axe.mjs";
import { call, signIn } from "./desk.mjs";

const FILE = Buffer.from("What happened, line by line.").toString("base64");
// Nothing can be read of it, so nothing can be cleaned.
const UNREADABLE = Buffer.from("PK\u0003\u0004 not an archive").toString("base64");
const DAY = 24 * 3600 * 1000;
const GROUND = "The reply goes by letter and needs an address.";

async function register(page, organisation, values) {
    const said = {
        policy: organisation.code,
        channel: "phone",
        kind: "complaint",
        title: "Cold food",
        description: "It is cold in the canteen.",
        anonymity: "open",
        parties: [{ role: "complainant", name: "Kari Testesen", phone: "900 11 222" }],
        ...values,
    };
    const { case_id: id } = await call(page, "complaint.intake", "register", [said]);
    return id;
}

/* What a dialog does with what is typed into it. */
async function confirm(page, model, values, method = "action_confirm") {
    const [id] = await call(page, model, "create", [[values]]);
    await call(page, model, method, [[id]]);
}

/* A moment so many days from now, as the server takes it. */
function inDays(days) {
    const moment = new Date(Date.now() + days * DAY).toISOString();
    return moment.slice(0, 19).replace("T", " ");
}

async function findPseudonym(page, caseId) {
    const domain = [["case_id", "=", caseId]];
    const [id] = await call(page, "complaint.pseudonym", "search", [domain], {
        limit: 1,
    });
    return id;
}

async function makeProtected(page, custodian, organisation) {
    const values = {
        anonymity: "protected",
        attachments: [
            { name: "notes.txt", content: FILE },
            { name: "notes.docx", content: UNREADABLE },
        ],
    };
    // Asked and open; asked and waiting; not asked yet.
    const ids = [];
    for (let number = 0; number < 3; number += 1) {
        ids.push(await register(page, organisation, values));
    }
    for (const id of ids.slice(0, 2)) {
        const person = await findPseudonym(page, id);
        await call(page, "complaint.case", "action_request_identity", [[id]], {
            ground: GROUND,
            party_id: person,
        });
    }
    const domain = [["case_id", "=", ids[0]]];
    const [asked] = await call(
        custodian,
        "complaint.identity.request",
        "search",
        [domain],
        { limit: 1 },
    );
    await call(custodian, "complaint.identity.request", "action_grant", [[asked]], {
        answer: "For this letter.",
    });
    return ids;
}

/* A case in which everything is under way: points, a plan, the other side, a letter. */
async function makeBusy(page, organisation) {
    const id = await register(page, organisation, {
        attachments: [{ name: "notes.txt", content: FILE }],
        parties: [
            { role: "complainant", name: "Kari Testesen", email: "kari@example.org" },
            {
                role: "subject",
                kind: "employee",
                name: "Ola",
                user_id: organisation.subject,
            },
            { role: "witness", kind: "other", name: "Per Testesen" },
        ],
    });
    await call(page, "complaint.case", "action_investigate", [[id]]);
    const [{ party_ids: people }] = await call(page, "complaint.case", "read", [
        [id],
        ["party_ids"],
    ]);
    const parties = await call(page, "complaint.party", "read", [people, ["role"]]);
    const witness = parties.find(({ role }) => role === "witness");
    await call(page, "complaint.case", "write", [
        [id],
        {
            point_ids: [[0, 0, { name: "Is the food cold?" }]],
            plan_ids: [[0, 0, { name: "Talk with the kitchen" }]],
            note_ids: [[0, 0, { body: "The kitchen was rebuilt." }]],
        },
    ]);
    // A witness is not asked yet; a colleague is, and answers here.
    const subject = parties.find(({ role }) => role === "subject");
    const [, asked] = await call(page, "complaint.hearing", "create", [
        [
            { case_id: id, party_id: witness.id, points: "What did you see?" },
            {
                case_id: id,
                party_id: subject.id,
                points: "What happened?",
                medium: "here",
            },
        ],
    ]);
    await call(page, "complaint.hearing", "action_ask", [[asked]]);
    // It waits until somebody has called.
    const letter = {
        case_id: id,
        purpose: "message",
        medium: "phone",
        body: "We look.",
    };
    await confirm(page, "complaint.case.compose", letter, "action_send");
    await makeMeetings(page, id);
    await call(page, "complaint.action", "create", [
        [{ case_id: id, name: "A warm counter", due_on: inDays(14).slice(0, 10) }],
    ]);
    return id;
}

/* One meeting to come, and one that was held, with its minutes. */
async function makeMeetings(page, id) {
    const [, held] = await call(page, "complaint.meeting", "create", [
        [
            { case_id: id, start_at: inDays(7), place: "Room 1" },
            { case_id: id, start_at: inDays(-1), place: "Room 2" },
        ],
    ]);
    await call(page, "complaint.meeting", "action_write_minutes", [[held]]);
}

/* What the clock does by itself every so often, done now: one of its jobs, by its code. */
export async function passClock(browser, base, code) {
    const admin = await signIn(browser, base, ADMIN[0], {}, ADMIN[1]);
    const [job] = await call(admin, "ir.cron", "search", [[["code", "=", code]]]);
    await call(admin, "ir.cron", "method_direct_trigger", [[job]]);
    await admin.context().close();
}

/* A report of the last year as it was published. The example was not there then, so
   nobody can open one: the administrator has the server do it. */
async function publishReport(browser, base, policy) {
    const admin = await signIn(browser, base, ADMIN[0], {}, ADMIN[1]);
    const name = "complaint.annual.report";
    const [model] = await call(admin, "ir.model", "search", [[["model", "=", name]]]);
    const code = `
policy = env["complaint.policy"].sudo().browse(${policy})
report = model.sudo()._open_for(policy, datetime.date.today().year - 1)
report.write({"summary": "A quiet year.", "consequences": "None."})
report.action_approve()
report.action_publish()`;
    const values = { name: "Publish", model_id: model, state: "code", code };
    const [action] = await call(admin, "ir.actions.server", "create", [[values]]);
    await call(admin, "ir.actions.server", "run", [[action]]);
    await call(admin, "ir.actions.server", "unlink", [[action]]);
    await admin.context().close();
}

/* A pattern to be decided on, and one that has become an issue with a measure. */
async function makeLearning(browser, base, page, organisation) {
    const categories = ["rules_ethics", "work_environment"];
    for (let number = 0; number < 3; number += 1) {
        await register(page, organisation, { categories });
    }
    await passClock(browser, base, "model._cron_find()");
    const domain = [["state", "=", "new"]];
    const [pattern] = await call(page, "complaint.pattern", "search", [domain], {
        order: "id",
    });
    await call(page, "complaint.pattern", "action_accept", [[pattern]]);
    const [{ issue_id: issue }] = await call(page, "complaint.pattern", "read", [
        [pattern],
        ["issue_id"],
    ]);
    const due = inDays(30).slice(0, 10);
    await call(page, "complaint.action", "create", [
        [{ issue_id: issue[0], name: "The rota is made anew", due_on: due }],
    ]);
}

/* An older register that is checked and not moved in: an open case, an ended one, and a
   line with a fault. */
async function makeImport(owner, policy) {
    const lines = [
        "Old number;Received;Ended on;Outcome;Subject",
        "2026-7;2026-10-30;;;Cold food",
        "2024-3;02.05.2024;10.06.2024;Upheld;Late pay",
        "2024-4;31.02.2024;;;No such day",
    ];
    const upload = Buffer.from(lines.join("\n")).toString("base64");
    const [id] = await call(owner, "complaint.import", "create", [
        [{ policy_id: policy, upload }],
    ]);
    await call(owner, "complaint.import", "action_check", [[id]]);
}

/* An inspection that waits for its account. */
async function makeInspection(owner) {
    const values = {
        authority: "The supervisory authority",
        ground: "The law on supervision",
        inspector: "Inga",
        login: `inga.${Date.now()}@example.com`,
        received_from: inDays(-365).slice(0, 10),
        received_until: inDays(0).slice(0, 10),
        valid_until: inDays(7),
    };
    await call(owner, "complaint.inspection", "create", [[values]]);
}

/* A witness asks about the own data, and gets no letter of the case: searched for, and
   one of two answered. */
async function makeRequests(registrar, lead) {
    const model = "complaint.access.request";
    const [unit] = await call(
        registrar,
        "complaint.unit",
        "search",
        [[["policy_id", "!=", false]]],
        { limit: 1 },
    );
    const values = {
        unit_id: unit,
        right: "access",
        person: "Per Testesen",
        identity_check: "A passport, at the desk.",
        wish: "All of it.",
    };
    const ids = await call(registrar, model, "create", [[values, values]]);
    await call(registrar, model, "action_search", [ids]);
    const reviews = await call(lead, "complaint.access.review", "search_read", [[]], {
        fields: ["is_by_hand"],
    });
    const { id: review } = reviews.find(({ is_by_hand: isByHand }) => isByHand);
    const masks = await call(lead, "complaint.access.mask", "search", [
        [["review_id", "=", review]],
    ]);
    await call(lead, "complaint.access.mask", "write", [
        masks,
        { decision: "release" },
    ]);
    await call(lead, "complaint.access.review", "write", [
        [review],
        { outgoing_reason: "It was looked at." },
    ]);
    await call(lead, "complaint.access.review", "action_review", [[review]]);
    await call(lead, "complaint.access.review", "action_answer", [[review]]);
}

/**
 * Make them for one organisation; as whom is told by the roles.
 *
 * @returns {Promise<number[]>} the cases, those first that show most
 */
export async function makeCases(browser, base, organisation) {
    const { code } = organisation;
    const page = await signIn(browser, base, `${organisation.lead}.${code}`);
    const custodian = await signIn(browser, base, `${organisation.custodian}.${code}`);
    const owner = await signIn(browser, base, `${organisation.owner}.${code}`);
    const domain = [["login", "=", `${organisation.colleague}.${code}`]];
    const [subject] = await call(page, "res.users", "search", [domain]);
    const busy = await makeBusy(page, { ...organisation, subject });
    const mixed = {
        categories: ["rules_ethics", "work_environment", "out_of_scope_appeal"],
    };
    const whole = await register(page, organisation, mixed);
    const split = await register(page, organisation, mixed);
    const [{ category_ids: grounds }] = await call(page, "complaint.case", "read", [
        [split],
        ["category_ids"],
    ]);
    await confirm(page, "complaint.case.split", {
        case_id: split,
        category_ids: [[6, 0, grounds.slice(0, 1)]],
    });
    await makeLearning(browser, base, page, organisation);
    await call(owner, "complaint.role", "create", [
        [{ kind: "committee", name: "The board" }],
    ]);
    await call(owner, "complaint.wording", "create", [
        [{ name: "Thanks", use: "reply", body: "<p>Thank you.</p>" }],
    ]);
    const shut = await makeProtected(page, custodian, organisation);
    const withdrawn = await register(page, organisation, {});
    await confirm(page, "complaint.case.end", {
        case_id: withdrawn,
        step: "withdraw",
        reason: "The person said so on the phone.",
    });
    // A new version of the procedure, to be tried and put in force.
    const policies = await call(
        owner,
        "complaint.policy",
        "search_read",
        [[["code", "=", code]]],
        { fields: ["state"] },
    );
    const { id } = policies.find(({ state }) => state === "in_force");
    if (!policies.some(({ state }) => state === "draft")) {
        await call(owner, "complaint.policy", "action_new_version", [[id]]);
    }
    await makeImport(owner, id);
    await makeInspection(owner);
    if (organisation.registrar) {
        const login = `${organisation.registrar}.${code}`;
        const registrar = await signIn(browser, base, login);
        await makeRequests(registrar, page);
        await registrar.context().close();
    }
    await call(owner, "complaint.policy", "action_annual_report", [[id]]);
    await publishReport(browser, base, id);
    for (const one of [page, custodian, owner]) {
        await one.context().close();
    }
    return [busy, whole, split, ...shut, withdrawn];
}
