// The eight steps: where one is, what is written, where one can go.
export default {
  template: `
    <nav class="stepper" aria-label="Les étapes de la fiche">
      <button type="button" class="stepper-phone" :aria-expanded="open ? 'true' : 'false'" aria-controls="stepper-list" @click="open = !open">
        <span class="stepper-place">{{ place }}</span>
        <span class="stepper-bar" aria-hidden="true"><span :style="{ width: share + '%' }"></span></span>
        <span class="stepper-more">{{ open ? 'Fermer' : 'Toutes les étapes' }}</span>
      </button>
      <ol id="stepper-list" :class="{ 'is-open': open }">
        <li v-for="step in steps" :key="step.key">
          <button type="button" :aria-current="step.key === current ? 'step' : undefined" :class="{ 'is-done': done.includes(step.key), 'has-remark': remarked.includes(step.key), 'has-gap': gaps.includes(step.key) }" @click="go(step.key)">
            <span class="dot" aria-hidden="true">{{ done.includes(step.key) && step.key !== current ? '✓' : step.number }}</span>
            <span class="name">{{ step.short }}</span>
            <span class="visually-hidden" v-if="done.includes(step.key)"> (commencée)</span>
            <span class="gap" v-if="gaps.includes(step.key)"><span class="visually-hidden"> (à compléter)</span></span>
            <span class="flag" v-if="remarked.includes(step.key)">remarque</span>
          </button>
        </li>
      </ol>
    </nav>`,
  props: { steps: Array, current: String, done: Array, remarked: Array, gaps: Array },
  emits: ["go"],
  data: () => ({ open: false }),
  computed: {
    number() {
      return this.steps.findIndex((step) => step.key === this.current) + 1;
    },
    place() {
      const step = this.steps[this.number - 1];
      return step ? `Étape ${step.number} sur ${this.steps.length} : ${step.short}` : "Relire et proposer";
    },
    share() {
      return this.number ? (100 * this.number) / this.steps.length : 100;
    },
  },
  methods: {
    go(key) {
      this.open = false;
      this.$emit("go", key);
    },
  },
};
