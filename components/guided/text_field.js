// One line, several lines, a number, names separated by commas: what is written in a box.
import { FieldFoot, fieldBase } from "cp-guided/base.js";

const grows = CSS.supports("field-sizing", "content");
const asText = (value, kind) => {
  if (value === null || value === undefined) return "";
  if (kind === "names") return Array.isArray(value) ? value.join(", ") : String(value);
  if (typeof value === "number") return kind === "year" ? String(value) : value.toLocaleString("fr-FR");
  return String(value);
};

export const TextField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <div class="field field-box" :class="['field-' + field.kind, { 'is-invalid': error, 'is-short': field.short, 'is-half': field.half }]">
      <label :for="id">{{ name }}</label>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <textarea v-if="field.kind === 'area' || field.kind === 'names'" ref="box" :id="id" :data-field="at" :rows="field.rows || 2"
        :value="text" :aria-describedby="describedBy" :readonly="locked" :aria-invalid="error ? 'true' : undefined" spellcheck="true"
        @input="write" @blur="settle"></textarea>
      <input v-else ref="box" :id="id" :data-field="at" :type="field.type || 'text'" :inputmode="field.inputmode" :value="text"
        :readonly="locked" :autocomplete="field.autocomplete || 'off'" :aria-describedby="describedBy" :aria-invalid="error ? 'true' : undefined"
        :spellcheck="field.type ? 'false' : 'true'" @input="write" @blur="settle">
      <field-foot :field="field" :at="at" :id="id" :text="text"></field-foot>
    </div>`,
  data() {
    return { text: asText(this.form.value(this.path ?? this.field.path), this.field.kind) };
  },
  watch: {
    // Another tab, an undo, a move in the list: follow, but never under the fingers of the person who writes.
    value: {
      deep: true,
      handler(value) {
        if (this.field.kind === "names" && document.activeElement === this.$refs.box) return;
        if (typeof value === "number" && document.activeElement === this.$refs.box) return;
        const text = asText(value, this.field.kind);
        if (text === this.text) return;
        const box = this.$refs.box;
        let caret = document.activeElement === box && box.selectionStart;
        // What stands after the caret is still there, not what stands before: the change came before it.
        if (caret && !text.startsWith(this.text.slice(0, caret)) && text.endsWith(this.text.slice(caret))) caret += text.length - this.text.length;
        this.text = text;
        this.$nextTick(() => {
          if (caret !== false && caret !== null) box.setSelectionRange(caret, caret);
          this.grow();
        });
      },
    },
  },
  mounted() {
    this.grow();
  },
  methods: {
    write(event) {
      this.text = event.target.value;
      const names = () => this.text.split(/[,;\n]/).map((name) => name.trim()).filter(Boolean);
      this.form.edit(this.at, this.field.kind === "names" ? names() : this.text);
      this.grow();
    },
    settle() {
      if (this.field.kind !== "names") return;
      this.text = asText(this.value, "names");
    },
    grow() {
      const box = this.$refs.box;
      if (grows || box?.tagName !== "TEXTAREA") return;
      box.style.height = "auto";
      box.style.height = box.scrollHeight + 2 + "px";
    },
  },
};
