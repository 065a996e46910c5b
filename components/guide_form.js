// The words of the guide in boxes: what is written stays in the browser until it is saved, even after a refusal or a reload.
const KEY = "cestpossible:guide:";
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const clone = (value) => JSON.parse(JSON.stringify(value));
const named = (leaf) => "g-" + leaf.replaceAll("*", "each").replaceAll(/[^\w]+/g, "-");
const marks = (text) => [...text.matchAll(/\[([^[\]]+)\]/g)].map((mark) => mark[1]);

// Sentences that follow one another: add, take away, move.
const SentenceList = {
  props: { control: Object, id: String, value: Array, errors: Object },
  emits: ["write"],
  data: () => ({ news: "" }),
  template: `
    <div class="guide-list">
      <div v-for="(text, place) in value" :key="place" class="guide-item" :class="{ 'is-invalid': errors[control.leaf + '/' + place] }">
        <label :for="id + '-' + place">{{ control.item }} {{ place + 1 }}</label>
        <textarea :id="id + '-' + place" rows="2" :value="text" :aria-invalid="errors[control.leaf + '/' + place] ? 'true' : undefined" :aria-describedby="id + '-' + place + '-error'" @input="set(place, $event.target.value)"></textarea>
        <p v-if="errors[control.leaf + '/' + place]" class="error" :id="id + '-' + place + '-error'">{{ errors[control.leaf + '/' + place] }}</p>
        <p class="tools">
          <button type="button" class="tool" :disabled="!place" :aria-label="control.item + ' ' + (place + 1) + ' : monter'" @click="move(place, place - 1)">Monter</button>
          <button type="button" class="tool" :disabled="place === value.length - 1" :aria-label="control.item + ' ' + (place + 1) + ' : descendre'" @click="move(place, place + 1)">Descendre</button>
          <button type="button" class="tool tool-remove" :aria-label="control.item + ' ' + (place + 1) + ' : retirer'" @click="remove(place)">Retirer</button>
        </p>
      </div>
      <button v-if="value.length < control.limit" ref="add" type="button" class="add" @click="add"><span aria-hidden="true">+</span> {{ control.add }}</button>
      <p v-else class="hint">{{ control.limit }} au plus\u00a0: pour en ajouter, retirez-en.</p>
      <p class="visually-hidden" role="status">{{ news }}</p>
    </div>`,
  methods: {
    box(place) {
      this.$nextTick(() => (document.getElementById(`${this.id}-${place}`) || this.$refs.add)?.focus());
    },
    set(place, text) {
      this.$emit("write", this.value.map((old, each) => (each === place ? text : old)));
    },
    add() {
      this.$emit("write", [...this.value, ""]);
      this.box(this.value.length);
    },
    remove(place) {
      this.$emit("write", this.value.filter((_, each) => each !== place));
      this.news = `${this.control.item} ${place + 1}, ${this.control.gone}.`;
      this.box(Math.max(0, Math.min(place, this.value.length - 2)));
    },
    move(from, to) {
      const list = [...this.value];
      list.splice(to, 0, ...list.splice(from, 1));
      this.$emit("write", list);
      this.news = `${this.control.item} déplacé\u00a0: numéro ${to + 1}.`;
      this.box(to);
    },
  },
};

// A text with [passages], and a box for the note of each.
const ExampleBox = {
  props: { control: Object, id: String, value: Object, errors: Object },
  emits: ["write"],
  data() {
    return { notes: [...this.value.notes] }; // those of passages whose brackets are gone wait here
  },
  template: `
    <div class="guide-list">
      <textarea :id="id" rows="6" :value="value.text" :aria-invalid="problem ? 'true' : undefined" :aria-describedby="id + '-hint ' + id + '-error'" @input="write($event.target.value)"></textarea>
      <p v-if="problem" class="error" :id="id + '-error'">{{ problem }}</p>
      <div v-for="(passage, place) in passages" :key="place" class="guide-item">
        <label :for="id + '-' + place">Note {{ place + 1 }} <span class="hint">· {{ passage }}</span></label>
        <textarea :id="id + '-' + place" rows="2" :value="value.notes[place]" :aria-invalid="errors[note(place)] ? 'true' : undefined" :aria-describedby="id + '-' + place + '-error'" @input="annotate(place, $event.target.value)"></textarea>
        <p v-if="errors[note(place)]" class="error" :id="id + '-' + place + '-error'">{{ errors[note(place)] }}</p>
      </div>
    </div>`,
  computed: {
    passages() {
      return marks(this.value.text);
    },
    problem() {
      return this.errors[this.control.leaf] || this.errors[this.control.leaf + "/text"] || this.errors[this.control.leaf + "/notes"];
    },
  },
  methods: {
    note(place) {
      return `${this.control.leaf}/notes/${place}`;
    },
    write(text) {
      this.$emit("write", { text, notes: marks(text).map((_, place) => this.notes[place] ?? "") });
    },
    annotate(place, text) {
      this.notes[place] = text;
      this.write(this.value.text);
    },
  },
};

export default {
  components: { SentenceList, ExampleBox },
  template: `
    <form class="guide-form" novalidate @submit.prevent="save">
      <p v-if="recovered" class="notice notice-ok" role="status">Nous avons repris ce que vous aviez écrit et qui n’était pas enregistré.</p>
      <component v-for="group in groups" :key="group.title" :is="group.closed ? 'details' : 'section'" class="guide-group" :open="group.closed && wrong(group) ? true : undefined">
        <summary v-if="group.closed"><h2>{{ group.title }}</h2><span v-if="group.hint" class="hint">{{ group.hint }}</span></summary>
        <template v-else><h2>{{ group.title }}</h2><p v-if="group.hint" class="hint">{{ group.hint }}</p></template>
        <div class="guide-controls">
          <component v-for="control in group.controls" :key="control.leaf" :is="grouped(control) ? 'fieldset' : 'div'" class="field" :class="['guide-' + control.kind, { 'is-invalid': errors[control.leaf] }]">
            <legend v-if="grouped(control)" :class="{ 'visually-hidden': control.label === group.title }">{{ control.label }}</legend>
            <label v-else :for="id(control)">{{ control.label }}</label>
            <p v-if="control.hint" class="hint" :id="id(control) + '-hint'">{{ control.hint }}</p>
            <sentence-list v-if="control.kind === 'list'" :control="control" :id="id(control)" :value="model[control.leaf]" :errors="errors" @write="write(control.leaf, $event)"></sentence-list>
            <example-box v-else-if="control.kind === 'example'" :control="control" :id="id(control)" :value="model[control.leaf]" :errors="errors" :key="control.leaf + restored" @write="write(control.leaf, $event)"></example-box>
            <textarea v-else-if="control.kind === 'area'" :id="id(control)" :rows="control.rows" :value="model[control.leaf]" :aria-invalid="errors[control.leaf] ? 'true' : undefined" :aria-describedby="described(control)" @input="write(control.leaf, $event.target.value)"></textarea>
            <input v-else :id="id(control)" type="text" autocomplete="off" :inputmode="control.kind === 'number' ? 'numeric' : undefined" :value="model[control.leaf]" :aria-invalid="errors[control.leaf] ? 'true' : undefined" :aria-describedby="described(control)" @input="write(control.leaf, control.kind === 'number' ? number($event.target.value) : $event.target.value)">
            <p v-if="errors[control.leaf] && control.kind !== 'example'" class="error" :id="id(control) + '-error'">{{ errors[control.leaf] }}</p>
            <div v-if="control.leaf in theirs" class="conflict">
              <p><strong>Cette phrase a été changée entre-temps.</strong></p>
              <blockquote>{{ told(theirs[control.leaf]) }}</blockquote>
              <p class="actions"><button type="button" class="btn btn-small" @click="take(control.leaf)">Prendre cette version</button><button type="button" class="btn btn-small" @click="keep(control.leaf)">Garder la mienne</button></p>
            </div>
            <p v-if="!matches(control.leaf)" class="guide-origin"><span class="hint">À l’origine\u00a0: {{ told(shipped[control.leaf]) }}</span> <button type="button" class="speed-link" :aria-label="'Remettre l’origine : ' + control.label" @click="reset(control.leaf)">Remettre</button></p>
          </component>
        </div>
      </component>
      <div class="guide-save">
        <div class="field" :class="{ 'is-invalid': errors.note }">
          <label for="guide-note">Qu’avez-vous changé, et pourquoi\u202f? <span class="hint">(facultatif)</span></label>
          <input id="guide-note" v-model="note" type="text" autocomplete="off" :aria-invalid="errors.note ? 'true' : undefined" aria-describedby="guide-note-error">
          <p v-if="errors.note" class="error" id="guide-note-error">{{ errors.note }}</p>
        </div>
        <p class="actions"><button type="submit" class="btn btn-primary" :disabled="busy">Enregistrer</button>
        <button v-if="dirty" type="button" class="btn btn-quiet" @click="giveUp">Abandonner</button></p>
        <p class="guide-news" :class="{ 'is-wrong': wrongSomewhere }" role="status">{{ news }}</p>
      </div>
    </form>`,
  props: { name: String, groups: Array, values: Object, shipped: Object },
  emits: ["change", "save"],
  data() {
    return { model: clone(this.values), base: clone(this.values), errors: {}, theirs: {}, note: "", news: "", busy: false, recovered: false, restored: 0 };
  },
  computed: {
    edits() {
      return Object.fromEntries(Object.entries(this.model).filter(([leaf, value]) => !same(value, this.base[leaf])));
    },
    dirty() {
      return Object.keys(this.edits).length > 0;
    },
    wrongSomewhere() {
      return Object.keys(this.errors).length > 0 || Object.keys(this.theirs).length > 0;
    },
  },
  mounted() {
    this.leaving = (event) => this.dirty && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
    const left = this.stored();
    for (const [leaf, value] of Object.entries(left)) if (leaf in this.model && !same(value, this.model[leaf])) this.model[leaf] = value;
    this.restored += 1;
    this.recovered = this.dirty;
    if (this.dirty) this.$emit("change", this.edits);
  },
  beforeUnmount() {
    window.removeEventListener("beforeunload", this.leaving);
  },
  methods: {
    id: (control) => named(control.leaf),
    grouped: (control) => control.kind === "list",
    number: (text) => (!text.trim() ? null : /^\d{1,6}$/.test(text.trim()) ? Number(text) : text),
    matches(leaf) {
      return same(this.model[leaf], this.shipped[leaf]);
    },
    wrong(group) {
      return group.controls.some((control) => Object.keys({ ...this.errors, ...this.theirs }).some((leaf) => leaf === control.leaf || leaf.startsWith(control.leaf + "/")));
    },
    described(control) {
      return [control.hint && this.id(control) + "-hint", this.errors[control.leaf] && this.id(control) + "-error"].filter(Boolean).join(" ") || undefined;
    },
    told(value) {
      if (value === null || value === "") return "rien";
      if (Array.isArray(value)) return value.length ? value.map((text, place) => `${place + 1}. ${text}`).join(" ") : "rien";
      return value.text ?? String(value);
    },
    write(leaf, value) {
      this.model[leaf] = value;
      for (const known of Object.keys(this.errors)) if (known === leaf || known.startsWith(leaf + "/")) delete this.errors[known];
      this.news = "";
      this.store();
      clearTimeout(this.later);
      this.later = setTimeout(() => this.$emit("change", this.edits), 250);
    },
    reset(leaf) {
      this.write(leaf, clone(this.shipped[leaf]));
      this.restored += 1;
      this.news = "La phrase d’origine est revenue. Enregistrez pour la garder.";
      this.focusFirst([leaf]);
    },
    giveUp() {
      this.model = clone(this.base);
      this.errors = {};
      this.theirs = {};
      this.restored += 1;
      this.store();
      this.news = "Vos changements sont abandonnés.";
      this.$emit("change", {});
      document.getElementById("guide-note").focus();
    },
    save() {
      clearTimeout(this.later);
      this.busy = true;
      this.news = "Enregistrement…";
      setTimeout(() => (this.busy = false), 3000);
      const edits = this.edits;
      this.$emit("change", edits);
      this.sent = clone(this.model);
      const seen = Object.fromEntries(Object.keys(edits).map((leaf) => [leaf, this.base[leaf]]));
      this.$emit("save", { edits, seen, note: this.note });
    },

    // ---- said by the server
    saved(values, sentence) {
      this.busy = false;
      this.errors = {};
      this.theirs = {};
      // What was typed during the saving stays on top.
      const typed = Object.fromEntries(Object.entries(this.model).filter(([leaf, value]) => !same(value, this.sent[leaf])));
      this.base = clone(values);
      this.model = { ...clone(values), ...typed };
      this.restored += 1;
      this.note = "";
      this.recovered = false;
      this.store();
      this.news = sentence;
    },
    refuse(errors, sentence) {
      this.busy = false;
      this.errors = errors;
      this.news = sentence;
      this.focusFirst(Object.keys(errors));
    },
    meanwhile(values, sentence) {
      this.busy = false;
      this.theirs = values;
      this.news = sentence;
      this.focusFirst(Object.keys(values));
    },
    take(leaf) {
      this.base[leaf] = clone(this.theirs[leaf]);
      delete this.theirs[leaf];
      this.write(leaf, clone(this.base[leaf]));
      this.restored += 1;
      this.focusFirst([leaf]);
    },
    keep(leaf) {
      this.base[leaf] = clone(this.theirs[leaf]);
      delete this.theirs[leaf];
      this.focusFirst([leaf]);
    },

    focusFirst(leaves) {
      this.$nextTick(() => {
        const boxes = [...this.$el.querySelectorAll("textarea, input")];
        const names = leaves.map((leaf) => (leaf === "note" ? "guide-note" : named(leaf.replace(/\/(text|notes)(?=\/|$)/, ""))));
        const box = boxes.find((each) => names.includes(each.id)) || boxes.find((each) => names.some((name) => each.id.startsWith(name)));
        for (let parent = box?.closest("details"); parent; parent = parent.parentElement.closest("details")) parent.open = true;
        box?.focus();
      });
    },

    // ---- the safety copy
    store() {
      try {
        if (this.dirty) localStorage.setItem(KEY + this.name, JSON.stringify(this.edits));
        else localStorage.removeItem(KEY + this.name);
      } catch {
        // Private browsing: the page itself still holds what is written.
      }
    },
    stored() {
      try {
        return JSON.parse(localStorage.getItem(KEY + this.name)) || {};
      } catch {
        return {};
      }
    },
  },
};
