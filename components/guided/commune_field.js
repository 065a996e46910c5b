// The commune: type a name or a post code, choose in the list (ARIA combobox with a list box).
import { FieldFoot, fieldBase } from "cp-guided/base.js";

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
      <field-foot :field="field" :at="at" :id="id" :text="''"><p v-if="lost" :id="id + '-lost'" class="error" role="alert">{{ lost }}</p></field-foot>
    </div>`,
  data() {
    return { text: "", chosen: "", items: [], active: -1, open: false, lost: "", announcement: "", timer: null };
  },
  watch: {
    value: {
      immediate: true,
      handler(code) {
        if (code && code === this.chosenCode) return;
        this.show(this.form.communeName(code));
      },
    },
    // The name of a code that came from elsewhere arrives a little later.
    "form.communeNames": {
      deep: true,
      handler() {
        if (document.activeElement !== this.$refs.box) this.show(this.form.communeName(this.value));
      },
    },
    "form.suggestions"(answer) {
      if (answer.path !== this.at || answer.query !== this.text.trim()) return;
      this.items = answer.items;
      this.active = this.items.length ? 0 : -1;
      this.open = this.items.length > 0 && document.activeElement === this.$refs.box;
      this.lost = this.items.length ? "" : "On ne retrouve pas cette commune. Essayez avec le code postal.";
      this.announcement = this.items.length ? `${this.items.length} commune${this.items.length > 1 ? "s" : ""} proposée${this.items.length > 1 ? "s" : ""}` : "";
      if (this.leaving) this.settle();
    },
  },
  methods: {
    show(name) {
      this.text = this.chosen = name || "";
    },
    search() {
      this.lost = "";
      this.leaving = false;
      clearTimeout(this.timer);
      if (!this.text.trim()) {
        this.items = [];
        this.open = false;
        this.chosen = "";
        return this.form.edit(this.at, "");
      }
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
      this.chosenCode = item.code;
      this.show(item.label);
      this.open = false;
      this.lost = "";
      this.announcement = `${item.label} choisie`;
      this.form.edit(this.at, item.code);
    },
    leave() {
      this.open = false;
      if (this.text.trim() === this.chosen) return;
      this.leaving = true;
      this.settle();
    },
    // Left without choosing: a name that fits one commune only is enough, else say so.
    settle() {
      const typed = this.text.trim().toLowerCase();
      const exact = this.items.filter((item) => item.name.toLowerCase() === typed);
      if (exact.length === 1) this.choose(exact[0]);
      else if (this.items.length === 1) this.choose(this.items[0]);
      else this.lost ||= "Choisissez la commune dans la liste qui s’ouvre quand vous tapez.";
    },
  },
};
