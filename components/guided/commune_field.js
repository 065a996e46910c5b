// The commune: type a name or a post code, choose in the list (ARIA combobox with a list box).
import { FieldFoot, fieldBase } from "cp-guided/base.js";

const isCode = (value) => /^\d[\dAB]\d{3}$/.test(value || "");
// What is typed and not chosen is kept too. A post code looks like an INSEE code and is none: a space tells them apart.
const unchosen = (text) => (isCode(text) ? `${text} ` : text);

export const CommuneField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <div class="field commune" :class="{ 'is-invalid': error || lost }">
      <label :for="id">{{ name }}</label>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <input :id="id" :data-field="at" ref="box" type="text" role="combobox" autocomplete="off" aria-autocomplete="list" spellcheck="false"
        :aria-expanded="open ? 'true' : 'false'" :aria-controls="id + '-list'" :aria-describedby="lost ? describedBy + ' ' + id + '-lost' : describedBy"
        :aria-activedescendant="open && active >= 0 ? id + '-' + active : undefined" :aria-invalid="error || lost ? 'true' : undefined"
        :readonly="locked" v-model="text" @input="search" @keydown="key" @blur="leave">
      <ul v-show="open" :id="id + '-list'" role="listbox" class="suggestions" :aria-label="'Communes proposées'">
        <li v-for="(item, index) in items" :key="item.code" :id="id + '-' + index" role="option" :aria-selected="index === active ? 'true' : 'false'"
          @mousedown.prevent="choose(item)"><strong>{{ item.name }}</strong> <span>{{ item.detail }}</span></li>
      </ul>
      <p class="visually-hidden" role="status">{{ announcement }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"><p v-if="lost && !error" :id="id + '-lost'" class="error">{{ lost }}</p></field-foot>
    </div>`,
  data() {
    return { text: "", chosen: "", answered: "", items: [], active: -1, open: false, lost: "", announcement: "", timer: null };
  },
  watch: {
    value: {
      immediate: true,
      handler(value) {
        if (value && value === this.sent) return;
        this.sent = null;
        this.show(isCode(value) ? this.form.communeName(value) : "", value);
      },
    },
    // The name of a code that came from elsewhere arrives a little later.
    "form.communeNames": {
      deep: true,
      handler() {
        if (document.activeElement !== this.$refs.box && isCode(this.value)) this.show(this.form.communeName(this.value), this.value);
      },
    },
    "form.suggestions"(answer) {
      if (answer.path !== this.at || answer.query !== this.text.trim()) return;
      this.items = answer.items;
      this.answered = answer.query;
      this.active = this.items.length ? 0 : -1;
      this.open = this.items.length > 0 && document.activeElement === this.$refs.box;
      this.lost = this.items.length ? "" : "On ne retrouve pas cette commune. Essayez avec le code postal.";
      this.announcement = this.lost || `${this.items.length} commune${this.items.length > 1 ? "s" : ""} proposée${this.items.length > 1 ? "s" : ""}`;
      if (this.leaving) this.settle();
    },
  },
  methods: {
    show(name, typed = "") {
      this.chosen = name;
      this.code = name && typed;
      this.text = name || (typed || "").trim();
    },
    send(value) {
      this.sent = value;
      this.form.edit(this.at, value);
    },
    search() {
      this.lost = "";
      this.leaving = false;
      clearTimeout(this.timer);
      if (!this.text.trim()) {
        this.items = [];
        this.open = false;
        this.chosen = "";
        return this.send("");
      }
      const text = this.text.trim();
      this.send(text === this.chosen ? this.code : unchosen(text));
      this.timer = setTimeout(() => this.form.ask(this.at, this.text.trim()), 120);
    },
    key(event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!this.items.length) return;
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.active = this.open ? (this.active + step + this.items.length) % this.items.length : 0;
        this.open = true;
      } else if (event.key === "Enter" && this.open && this.active >= 0) {
        event.preventDefault();
        this.choose(this.items[this.active]);
      } else if (event.key === "Escape") {
        this.open = false;
      }
    },
    choose(item) {
      this.form.learnCommune(item.code, item.label);
      this.show(item.label, item.code);
      this.open = false;
      this.lost = "";
      this.announcement = `${item.label} choisie`;
      this.send(item.code);
    },
    leave() {
      this.open = false;
      if (this.text.trim() === this.chosen) return;
      this.leaving = true;
      this.settle();
    },
    // Left without choosing: a name that fits one commune only is enough. Else what is typed stays, to be chosen later.
    settle() {
      if (this.answered !== this.text.trim()) return;
      const typed = this.answered.toLowerCase();
      const exact = this.items.filter((item) => item.name.toLowerCase() === typed);
      if (exact.length === 1) this.choose(exact[0]);
      else if (this.items.length === 1) this.choose(this.items[0]);
    },
  },
};
