// Under the preview: how the fiche fits its sheets, what to do about it, how old the measure is.
// Figures change at each pause and would be a chatter if they were announced: only what to do is, when it changes.
const OLD = 4; // seconds after which the age of a measure is said

export const Gauge = {
  template: `
    <div class="sheet-fit" :class="{ 'is-over': said.over, 'is-late': late && said.pages }">
      <p class="fit-help" v-if="said.help"><span class="fit-mark" aria-hidden="true">{{ said.over ? '!' : '✓' }}</span>{{ said.help }}</p>
      <p class="fit-help" v-else>On mesure vos pages…</p>
      <p class="fit-pages" v-if="said.pages">{{ said.pages }}<span v-if="age"> · mesuré il y a {{ age }}</span></p>
      <p class="fit-cuts" v-if="said.cuts.length"><button v-for="cut in said.cuts" :key="cut.path" type="button" class="fit-cut" @click="$emit('mend', cut.path)">Aller à « {{ cut.label }} »</button></p>
      <p class="visually-hidden" role="status">{{ spoken }}</p>
    </div>`,
  props: { said: Object, late: Boolean },
  emits: ["mend"],
  data: () => ({ spoken: "", measured: Date.now(), now: Date.now() }),
  computed: {
    age() {
      const seconds = Math.round((this.now - this.measured) / 1000);
      if (!this.late || seconds < OLD) return "";
      return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
    },
  },
  watch: {
    said(now, before) {
      this.measured = this.now = Date.now();
      if (before.help && now.over !== before.over) this.spoken = now.help;
    },
    // The age counts from the keystroke that made the measure old.
    late(late) {
      if (late) this.measured = this.now = Date.now();
    },
  },
  mounted() {
    this.clock = setInterval(() => (this.now = Date.now()), 1000);
  },
  beforeUnmount() {
    clearInterval(this.clock);
  },
};
