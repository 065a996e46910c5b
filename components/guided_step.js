// One step of the guide: what is asked, help, the remarks of the committee, the fields, the way on.
// The fields live here, in the browser; the server hears of each change and says what it saved.
import { nextTick } from "vue";
import { AdvicePanel, reveal } from "cp-guided/advice.js";
import { StepHelp } from "cp-guided/help.js";
import { kinds } from "cp-guided/index.js";
import { withCompany } from "cp-guided/company.js";
import { Ledger } from "cp-guided/ledger.js";
import { withMistakes } from "cp-guided/mistakes.js";
import { clone, get, holdsAll, put, rootOf, same } from "cp-guided/paths.js";
import { stem } from "cp-guided/pictures.js";
import * as place from "cp-guided/place.js";
import { Recovered, recover } from "cp-guided/recovery.js";
import { Shelf } from "cp-guided/shelf.js";
import { Sitting, SpeedPrompt, SpeedStrip } from "cp-guided/speed.js";
import { cut, reachable, watchLine } from "cp-guided/status.js";
import { queueOf } from "cp-guided/uploads.js";

const ENSURED = 15_000; // milliseconds

export default {
  mixins: [withCompany, withMistakes],
  components: { ...kinds, AdvicePanel, Recovered, StepHelp, SpeedPrompt, SpeedStrip },
  template: `
    <section class="step" :aria-labelledby="'step-title'">
      <header class="step-head">
        <p class="eyebrow">Étape {{ step.number }} sur {{ step.count }} · environ {{ step.minutes }}\u00a0min</p>
        <h2 id="step-title" ref="title" tabindex="-1">{{ step.title }}</h2>
        <p class="consigne">{{ step.consigne }}</p>
        <speed-prompt :step="step"></speed-prompt>
        <step-help :step="step"></step-help>
      </header>
      <speed-strip :step="step"></speed-strip>
      <div role="status"><p v-if="notice" ref="notice" tabindex="-1" class="notice step-notice" :class="writable ? 'notice-warn' : ''">{{ notice }}</p></div>
      <section v-if="step.remarks.length" class="remarks" aria-labelledby="remarks-title">
        <h3 id="remarks-title">{{ step.remarks.length > 1 ? 'Les remarques du comité' : 'La remarque du comité' }}</h3>
        <ul><li v-for="remark in step.remarks" :key="remark.text"><p>{{ remark.text }}</p><p class="hint">{{ remark.author }}, {{ remark.at }}</p></li></ul>
      </section>
      <p v-if="later" class="notice notice-warn" role="status">{{ later }}</p>
      <recovered :recovered="recovered" :stranded="stranded" @done="stranded = []"></recovered>
      <p class="visually-hidden" role="status">{{ said }}</p>
      <fieldset class="fields" @focusin="placed" @focusout="left" :key="step.key">
        <template v-for="block in step.blocks" :key="block.id">
          <details v-if="block.title" class="block" :open="block.open"><summary><h3>{{ block.title }}</h3><span class="hint">{{ block.hint }}</span></summary>
            <div class="block-body"><component v-for="field in block.fields" :key="field.path" :is="kind(field)" :field="field" :disabled="closed(field)"></component></div>
          </details>
          <div v-else :class="block.row ? 'row' : 'block-body'"><component v-for="field in block.fields" :key="field.path" :is="kind(field)" :field="field" :disabled="closed(field)"></component></div>
        </template>
      </fieldset>
      <advice-panel v-if="writable && advice && advice.step === step.key" :advice="advice" :key="'advice-' + step.key" @ignore="$emit('ignore', $event)" @recall="$emit('recall', $event)"></advice-panel>
      <nav class="onward" aria-label="D’une étape à l’autre">
        <button v-if="step.previous" type="button" class="btn" @click="leave(step.previous.key)"><span aria-hidden="true">←</span> <span><span class="visually-hidden">Étape précédente : </span>{{ step.previous.title }}</span></button>
        <button v-if="step.next" type="button" class="btn btn-secondary next" @click="leave(step.next.key)"><span><span class="visually-hidden">Étape suivante : </span>{{ step.next.title }}</span> <span aria-hidden="true">→</span></button>
        <button v-else type="button" class="btn btn-primary next" @click="leave('proposer')">Relire et proposer au comité <span aria-hidden="true">→</span></button>
      </nav>
    </section>`,
  props: { step: Object, content: Object, mistakes: Object, names: Object, account: Number, draft: String, revision: Number, mediaBase: String, writable: Boolean, notice: String, sittings: Array, timer: Boolean },
  emits: ["edit", "flush", "go", "ask", "ensure", "ignore", "recall", "timer"],
  provide() {
    return { form: this };
  },
  data() {
    return {
      model: clone(this.content),
      known: clone(this.content), // what the server last said
      conflicts: {},
      communeNames: { ...this.names },
      suggestions: {},
      recovered: "",
      uploads: [], // pictures on their way (cp-guided/uploads.js)
      later: "",
      stranded: [], // texts of this device that can no longer be saved
      uploadSerial: 0,
      arrived: null,
      advice: null, // what the checks say of this step
      revisionId: this.revision || null,
      sitting: new Sitting(this.sittings, this.draft, { offered: this.timer, choose: (on) => this.$emit("timer", on) }), // speed writing
    };
  },
  watch: {
    "step.key"() {
      this.recovered = this.later = "";
      this.sitting.go(this.step.key);
      this.address();
      nextTick(() => this.arrive());
    },
    // Choices and buttons close; texts stay under the cursor, to be selected and copied.
    writable(open) {
      const active = document.activeElement;
      if (!open) nextTick(() => this.$el.contains(active) && active.matches(":disabled") && this.$refs.notice?.focus());
    },
  },
  created() {
    this.wanted = place.wanted() || null; // field to focus when its step has arrived
    this.waiting = [];
    this.lastEdit = -Infinity; // milliseconds
    this.ledger = new Ledger({
      shelf: new Shelf(this.account, this.draft),
      send: (edits, seq, befores) => this.$emit("edit", { edits, seq, befores }),
      place: () => ({ title: this.model.title, address: location.pathname + location.search }),
    });
    this.hide = () => {
      place.keepCaret();
      this.rest();
      this.sitting.keep();
    };
    this.hidden = () => document.visibilityState === "hidden" && this.hide();
    document.addEventListener("visibilitychange", this.hidden);
    window.addEventListener("pagehide", this.hide);
  },
  mounted() {
    recover(this).then(() => {
      queueOf(this).resume();
      if (this.wanted) nextTick(() => this.arrive()); // the caret stands in what came back
    });
    if (this.writable) this.sitting.open(this.step.key);
    // Back on line, everything unsaved is sent again.
    watchLine(() => {
      this.later = "";
      setTimeout(() => {
        this.ledger.resend();
        this.ensure();
      }, 200);
    });
  },
  beforeUnmount() {
    document.removeEventListener("visibilitychange", this.hidden);
    window.removeEventListener("pagehide", this.hide);
    this.ledger.close();
    this.sitting.close();
  },
  methods: {
    kind(field) {
      return kinds[field.kind];
    },
    // The tools of the photos close together; other fields close what does not let itself be only read.
    closed(field) {
      return (field.kind === "photos" && !this.writable) || undefined;
    },
    value(path) {
      return get(this.model, path);
    },
    underFingers(path) {
      const field = document.activeElement?.closest("[data-field]")?.dataset.field || "";
      return rootOf(field) === path && performance.now() - this.lastEdit < 2000;
    },
    edit(path, value) {
      if (!this.writable) return;
      const root = rootOf(path);
      this.lastEdit = performance.now();
      const base = get(this.known, root);
      this.pending.delete(root);
      put(this.model, path, value);
      this.tooLong(path, !this.ledger.record(root, get(this.model, root), base));
    },
    left() {
      this.rest();
      setTimeout(() => this.weigh());
    },
    rest() {
      this.ledger.flush();
      this.ledger.write();
      if (reachable()) this.$emit("flush");
    },
    // The server knows the steps. Off line, the wanted one opens on return, after a reload too.
    leave(key) {
      this.rest();
      if (key === "proposer") this.sitting.rest();
      this.$emit("go", key);
      if (reachable()) return;
      this.later = "Sans connexion, l’étape suivante ne peut pas s’ouvrir. Elle s’ouvrira au retour ; en attendant, vous pouvez continuer ici.";
      if (key !== "proposer") place.write(this.revisionId || "nouvelle", key, "");
    },

    // ---- said by the server
    saved(seq, refused) {
      for (const [path, entry] of this.ledger.entries) if (this.ledger.reached(entry, seq) && !(path in refused)) put(this.known, path, clone(entry.value));
      for (const [path, value] of Object.entries(refused)) put(this.known, path, clone(value));
      this.ledger.acknowledge(seq, refused);
    },
    merge(content, conflicts) {
      this.take(content);
      for (const [path, conflict] of Object.entries(conflicts)) this.offer(path, conflict);
    },
    // Other versions of a passage stand beside the box, and survive a reload, until one is chosen.
    // Somebody who goes on typing sends one version after the other: the fuller one stands for those it grew from.
    offer(path, conflict) {
      const known = this.conflicts[path] || [];
      if (known.some((other) => holdsAll(other.value, conflict.value))) return;
      this.keepOffers(path, [...known.filter((other) => !holdsAll(conflict.value, other.value)), conflict]);
    },
    keepOffers(path, offers) {
      if (offers.length) this.conflicts[path] = offers;
      else delete this.conflicts[path];
      this.ledger.hold(path, offers);
    },
    created_as(revision, key) {
      this.revisionId = revision;
      this.address(place.fieldOf(document.activeElement));
      this.ledger.rename(key);
      this.sitting.rename(key);
      this.waiting.splice(0).forEach((resolve) => resolve(revision));
    },
    suggest(path, query, items) {
      this.suggestions = { path, query, items };
    },
    learnCommunes(names) {
      Object.assign(this.communeNames, names);
    },
    advise(advice) {
      this.advice = advice;
    },
    focusField(path) {
      this.wanted = path;
      nextTick(() => this.arrive());
    },

    // ---- for the fields
    ask(path, query) {
      this.$emit("ask", { path, query });
    },
    learnCommune(code, label) {
      this.communeNames[code] = label;
    },
    communeName(code) {
      return code ? this.communeNames[code] || code : "";
    },
    pictureUrl(photo, width) {
      return `${this.mediaBase}/${stem(photo)}-${width}.webp`;
    },
    wholeUrl(photo) {
      return `${this.mediaBase}/${photo.media}-1654.webp`;
    },
    // A photo needs a draft to belong to: nothing else creates one before the first keystroke.
    // Fails when the line is cut, and when the server has not made one in time.
    ensureRevision() {
      if (this.revisionId) return Promise.resolve(this.revisionId);
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error("La fiche n’a pas encore pu être créée. Réessayez dans un instant."));
        if (cut()) return fail();
        this.waiting.push(resolve);
        setTimeout(fail, ENSURED);
        this.ensure();
      });
    },
    ensure() {
      if (this.waiting.length && reachable()) this.$emit("ensure");
    },
    takeOther(path, offer) {
      this.dismiss(path, offer);
      this.edit(path, offer.value);
    },
    dismiss(path, offer) {
      this.keepOffers(path, this.conflicts[path].filter((other) => other !== offer));
    },

    // The address names the draft, the step and the field: a reload, a log-in or a shared link comes back here.
    address(field = "") {
      place.write(this.revisionId || "nouvelle", this.step.key, field);
    },
    placed(event) {
      this.address(place.fieldOf(event.target));
    },

    // Put the focus where the person wants to be: on the field asked for, else on the title of the step.
    arrive() {
      const path = this.wanted;
      this.wanted = null;
      if (!path) {
        this.$el.scrollIntoView({ block: "start" });
        this.$el.closest(".pane-form")?.scrollTo(0, 0);
        return this.$refs.title.focus({ preventScroll: true });
      }
      const keys = path.split(".");
      let target = null;
      while (keys.length && !target) {
        target = this.$el.querySelector(`[data-field="${CSS.escape(keys.join("."))}"]`);
        keys.pop();
      }
      if (!target) return this.$refs.title.focus();
      for (let parent = target.closest("details"); parent; parent = parent.parentElement.closest("details")) parent.open = true;
      const control = target.matches("fieldset") ? target.querySelector("input, select, textarea, button") : target;
      (target.closest(".field") || target).scrollIntoView({ block: "center" });
      control?.focus({ preventScroll: true });
      place.putCaret(control, place.fieldOf(control));
    },
    showPassage(path, passages, turn) {
      this.wanted = path;
      this.arrive();
      const box = document.activeElement;
      if (box?.dataset.field === path && box.setSelectionRange) reveal(box, passages, turn);
    },
  },
};
