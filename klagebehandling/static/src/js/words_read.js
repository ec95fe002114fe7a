import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

const TEXTS = ["char", "text", "html"];

/** Say with each text that changes what had been read there, for the server to compare. */
function tellRead(record, changes) {
    const read = {};
    for (const [name, value] of Object.entries(changes)) {
        const type = record.fields[name]?.type;
        if (type === "one2many") {
            for (const [code, id, values] of value) {
                const row = record.data[name].records.find((one) => one.resId === id);
                if (code === 1 && row) {
                    tellRead(row, values);
                }
            }
        } else if (TEXTS.includes(type)) {
            read[name] = record._values[name] || false;
        }
    }
    if (record.resId && "words_read" in record.fields && Object.keys(read).length) {
        changes.words_read = read;
    }
}

patch(FormController.prototype, {
    async onWillSaveRecord(record, changes) {
        tellRead(record, changes);
        return super.onWillSaveRecord(...arguments);
    },
    /* Who gives up what was typed goes on from what stands there now. */
    async discard() {
        await super.discard(...arguments);
        const { resId, fields } = this.model.root;
        if (resId && "words_read" in fields && !this.env.inDialog) {
            await this.model.load();
        }
    },
});
