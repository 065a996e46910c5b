// What every field has: an id, a value, a hint, an error beside it, the other version when two people wrote.
import { CompanyMark } from "cp-guided/company.js";
import { countWords, words } from "cp-guided/paths.js";

const PAUSE = 2000; // milliseconds without typing before the length is spoken of

export const fieldBase = {
  props: { field: Object, path: String, label: String },
  inject: ["form"],
  computed: {
    at() {
      return this.path ?? this.field.path;
    },
    id() {
      return "f-" + this.at.replaceAll(".", "-");
    },
    name() {
      return this.label ?? this.field.label;
    },
    value() {
      return this.form.value(this.at);
    },
    error() {
      return this.form.errors[this.at];
    },
    // Nothing more may be written, or somebody else is writing here: the box waits.
    locked() {
      return this.form.writable === false || Boolean(this.form.lockedBy?.(this.at));
    },
    closed() {
      return this.form.writable === false;
    },
    describedBy() {
      const parts = [];
      if (this.form.matesAt?.(this.at).length) parts.push(this.id + "-here");
      if (this.field.hint) parts.push(this.id + "-hint");
      if (this.field.min || this.field.max) parts.push(this.id + "-count");
      if (this.error) parts.push(this.id + "-error");
      return parts.join(" ") || undefined;
    },
  },
};

const plural = (count) => `${count}\u00a0mot${count > 1 ? "s" : ""}`;

// Under a field: how long it is, what is wrong, what somebody else wrote.
export const FieldFoot = {
  components: { CompanyMark },
  props: { field: Object, at: String, id: String, text: {}, label: String },
  inject: ["form"],
  template: `
    <div class="foot"><slot></slot>
    <company-mark :at="at" :id="id"></company-mark>
    <div v-if="field.min || field.max" class="count" :class="state">
      <span :id="id + '-count'">{{ sentence }}</span>
      <span class="gauge" aria-hidden="true"><span :style="{ width: share + '%' }"></span></span>
    </div>
    <p v-if="error" :id="id + '-error'" class="error">{{ error }}</p>
    <div v-for="offer in offers" class="conflict" role="alert">
      <p><strong>{{ offer.heading }}</strong></p>
      <blockquote>{{ offer.text ?? inWords(offer.value) }}</blockquote>
      <p class="actions">
        <button v-if="offer.value !== undefined" type="button" class="btn btn-small" @click="form.takeOther(at, offer)">Prendre cette version</button>
        <button type="button" class="btn btn-small" @click="form.dismiss(at, offer)">Garder ce qui est dans la case</button>
      </p>
    </div></div>`,
  watch: {
    error(sentence) {
      if (sentence) this.form.say(`${this.label || this.field.label} : ${sentence}`);
    },
    // Eyes see each word counted; ears hear of a bound that was crossed, once the hands rest.
    words() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        if (this.state !== this.heard && this.form.place === this.at) this.form.say(this.sentence);
        this.heard = this.state;
      }, PAUSE);
    },
  },
  created() {
    this.heard = this.state;
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    inWords(value) {
      if (typeof value === "boolean") return value ? "oui" : "non";
      const names = new Map(this.field.options || []);
      const said = words(value).map((word) => names.get(word) ?? (this.field.kind === "commune" ? this.form.communeName(word) : word));
      return said.join(" · ") || String(typeof value === "number" ? value : "(rien)");
    },
  },
  computed: {
    error() {
      return this.form.errors[this.at];
    },
    offers() {
      return this.form.conflicts[this.at];
    },
    words() {
      return countWords(this.text);
    },
    share() {
      return Math.min(100, Math.round((100 * this.words) / (this.field.max || this.field.min)));
    },
    state() {
      if (!this.words) return "is-empty";
      if (this.field.max && this.words > this.field.max) return "is-over";
      return this.field.min && this.words >= this.field.min ? "is-right" : "is-under";
    },
    sentence() {
      const { min, max } = this.field;
      const aim = min && max ? `visez ${min} à ${max}` : `${max || min} au plus`;
      return this.words ? `${plural(this.words)}, ${aim}` : min && max ? `Visez ${min} à ${max} mots` : `${max || min} mots au plus`;
    },
  },
};
