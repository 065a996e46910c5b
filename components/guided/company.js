// Others in the form: where they are, which field somebody else is writing in, and writing in it all the same.
import { clone, get, leaves, put, rootOf, same } from "cp-guided/paths.js";

const LOOK = 700; // milliseconds between two looks at fields whose news waits for the end of typing
const MINE = 6000; // milliseconds after my last keystroke during which the field is in my hands

// Mixed into the form.
export const withCompany = {
  emits: ["at"],
  data: () => ({ mates: [], anyway: "", place: "" }),
  created() {
    this.told = "";
    this.telling = null;
    this.pending = new Map(); // path -> what is stored there, not shown while the person types
    this.looking = null;
  },
  mounted() {
    this.$el.addEventListener("focusin", (event) => this.moveTo(event.target));
    this.$el.addEventListener("focusout", (event) => this.moveTo(event.relatedTarget));
  },
  beforeUnmount() {
    clearTimeout(this.telling);
    clearTimeout(this.looking);
  },
  methods: {
    // Take what is stored. Never change a text while it is being written, nor one whose change is on its way: the server
    // puts both together and says so again. `known` is what each field shown here was made from.
    take(content) {
      for (const path of leaves(content)) {
        const fresh = get(content, path);
        this.pending.delete(path);
        if (same(get(this.model, path), fresh)) put(this.known, path, clone(fresh));
        else this.pending.set(path, clone(fresh));
      }
      this.catchUp();
    },
    catchUp() {
      clearTimeout(this.looking);
      for (const [path, fresh] of this.pending) {
        if (this.ledger.has(path) || this.underFingers(path)) continue;
        this.pending.delete(path);
        put(this.known, path, fresh);
        put(this.model, path, clone(fresh));
      }
      // What was offered is what stands there now: nothing is left to choose.
      for (const [path, offers] of Object.entries(this.conflicts)) if (!this.pending.has(rootOf(path))) this.keepOffers(path, offers.filter(({ value }) => !same(get(this.model, path), value)));
      if (this.pending.size) this.looking = setTimeout(() => this.catchUp(), LOOK);
    },
    showMates(mates) {
      // Whoever was writing here first keeps the field; so does somebody who chose to.
      if (this.place && performance.now() - this.lastEdit < MINE && mates.some((mate) => mate.typing && mate.path === this.place)) this.anyway = this.place;
      this.mates = mates;
      if (!mates.some((mate) => mate.typing && mate.path === this.anyway)) this.anyway = "";
    },
    matesAt(path) {
      return this.mates.filter((mate) => mate.path === path);
    },
    lockedBy(path) {
      return this.anyway === path ? null : this.mates.find((mate) => mate.typing && mate.path === path) || null;
    },
    writeAnyway(path) {
      this.anyway = path;
      this.$nextTick(() => this.$el.querySelector(`[data-field="${CSS.escape(path)}"]`)?.focus());
    },
    // The cursor comes or goes: the server hears of it once it rests.
    moveTo(target) {
      const path = target?.closest?.("[data-field]")?.dataset.field || "";
      if (path === this.place) return;
      this.place = path;
      if (path && this.anyway !== path) this.anyway = ""; // not on the way to a button: nothing may move under the pointer
      clearTimeout(this.telling);
      this.telling = setTimeout(() => {
        const known = !this.place || get(this.model, this.place) !== undefined;
        if (this.told !== this.place && known) this.$emit("at", (this.told = this.place));
      }, 150);
    },
  },
};

// Beside a field: who is in it.
export const CompanyMark = {
  props: { at: String, id: String },
  inject: ["form"],
  template: `
    <div v-if="mates.length" class="here" :class="{ 'is-locked': lock }">
      <p :id="id + '-here'"><span class="here-dot" aria-hidden="true"></span><span :role="mine ? 'status' : undefined">{{ sentence }}</span></p>
      <button v-if="lock" type="button" class="btn btn-small" :aria-describedby="id + '-here'" @click="form.writeAnyway(at)">Écrire quand même</button>
    </div>`,
  computed: {
    mates() {
      return this.form.matesAt?.(this.at) || [];
    },
    lock() {
      return this.form.lockedBy(this.at);
    },
    mine() {
      return this.form.place === this.at;
    },
    sentence() {
      const writing = this.mates.filter((mate) => mate.typing).map((mate) => mate.name);
      const names = (all) => (all.length > 1 ? `${all.slice(0, -1).join(", ")} et ${all.at(-1)}` : all[0]);
      if (!writing.length) return `${names(this.mates.map((mate) => mate.name))} ${this.mates.length > 1 ? "sont" : "est"} ici`;
      const who = `${names(writing)} ${writing.length > 1 ? "écrivent" : "écrit"} ici en ce moment`;
      return this.form.anyway === this.at ? `${who}. Vos deux versions seront gardées.` : who;
    },
  },
};
