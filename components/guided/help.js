// What helps in a step: conseils, an example with notes, the speed-writing prompt and its timer.
import { SpeedStart } from "cp-guided/speed.js";

// A text in which numbered passages have notes: the number is read with the passage, the notes follow in order.
export const AnnotatedExample = {
  props: { example: Object },
  data: () => ({ lit: 0 }),
  template: `
    <figure class="annotated" @mouseleave="lit = 0">
      <blockquote><p><template v-for="(piece, place) in example.passages" :key="place"><mark v-if="piece.note" :class="{ 'is-lit': lit === piece.note }" @mouseenter="lit = piece.note">{{ piece.text }}<sup><span class="visually-hidden"> (note </span>{{ piece.note }}<span class="visually-hidden">)</span></sup></mark><template v-else>{{ piece.text }}</template></template></p></blockquote>
      <figcaption v-if="example.notes.length">
        <p class="annotated-why">Pourquoi ça marche</p>
        <ol><li v-for="(note, place) in example.notes" :key="place" :class="{ 'is-lit': lit === place + 1 }" @mouseenter="lit = place + 1"><span class="note-number" aria-hidden="true">{{ place + 1 }}</span> {{ note }}</li></ol>
      </figcaption>
    </figure>`,
};

const CONSEILS = "cestpossible:conseils"; // "plies" or "ouverts", as they were last left

function unfolded() {
  const wide = matchMedia("(min-width: 60rem)").matches; // two panes: there is room
  try {
    const chosen = localStorage.getItem(CONSEILS);
    return chosen ? chosen === "ouverts" : wide;
  } catch {
    return wide;
  }
}

export const StepHelp = {
  components: { AnnotatedExample, SpeedStart },
  props: { step: Object },
  inject: ["form"],
  template: `
    <div class="helps">
      <details class="help conseils" :open="conseils" @toggle="fold"><summary>Conseils</summary><ul><li v-for="text in step.conseils" :key="text">{{ text }}</li></ul></details>
      <details class="help"><summary>Un exemple annoté</summary><annotated-example :example="step.example"></annotated-example></details>
      <details v-if="!form.sitting.on" ref="speed" class="help"><summary>Écriture rapide</summary><speed-start :step="step"></speed-start></details>
    </div>`,
  data: () => ({ conseils: unfolded() }),
  methods: {
    // In view for who writes a first fiche; who knows them folds them away for good.
    fold({ target }) {
      if (target.open === this.conseils) return;
      this.conseils = target.open;
      try {
        localStorage.setItem(CONSEILS, target.open ? "ouverts" : "plies");
      } catch {
        // Private browsing: the choice lasts as long as the page.
      }
    },
  },
};
