// What could not be read, said at the right moment: never while somebody is still typing it, gone as soon as it is mended.
import { fieldOf } from "cp-guided/place.js";
import { rootOf } from "cp-guided/paths.js";
import { status } from "cp-guided/status.js";

const PAUSE = 2000; // milliseconds without typing after which a box that is not left yet may be spoken of
const TOO_LONG = "C’est bien trop long pour cette case : ce texte reste sur cet appareil, et sera enregistré quand vous l’aurez raccourci.";

// The path of the field in which the focus stands; that of a month has two boxes.
function heldField() {
  const field = document.activeElement?.closest(".field");
  return field ? fieldOf(field) || fieldOf(field.querySelector("[data-field]")) : "";
}

// Mixed into the form. `errors` are shown, `found` is what the server said last.
export const withMistakes = {
  data() {
    status.wrong = Object.keys(this.mistakes || {}).length;
    return { errors: { ...this.mistakes }, said: "" };
  },
  created() {
    this.found = { ...this.mistakes };
    this.heavy = {}; // what is too long to be sent
    this.written = new Set(); // fields and lists changed here: others may still be typing in theirs
    this.patience = this.saying = null;
    this.words = [];
  },
  beforeUnmount() {
    clearTimeout(this.patience);
    clearTimeout(this.saying);
  },
  methods: {
    showErrors(found) {
      this.found = found;
      this.weigh();
    },
    weigh(rested = false) {
      const wrong = { ...this.found, ...this.heavy };
      const held = heldField();
      const choosing = document.activeElement?.tagName === "SELECT"; // the year comes after the month
      let waiting = false;
      for (const path of Object.keys(this.errors)) if (!(path in wrong)) delete this.errors[path];
      for (const [path, sentence] of Object.entries(wrong)) {
        const left = path !== held && this.written.has(rootOf(path));
        if (path in this.errors || left || path in this.heavy || (rested && !(choosing && path === held))) this.errors[path] = sentence;
        else waiting = true;
      }
      status.wrong = Object.keys(this.errors).filter((path) => !(path in this.heavy)).length;
      clearTimeout(this.patience);
      if (waiting && !rested) this.patience = setTimeout(() => this.weigh(true), PAUSE);
    },
    tooLong(path, is) {
      this.written.add(rootOf(path));
      for (const known of Object.keys(this.heavy)) if (rootOf(known) === rootOf(path)) delete this.heavy[known];
      if (is) this.heavy[path] = TOO_LONG;
      this.weigh();
    },
    // Announced politely, all that comes within a moment in one go.
    say(text) {
      this.words.push(text);
      this.said = "";
      clearTimeout(this.saying);
      this.saying = setTimeout(() => (this.said = this.words.splice(0).join(" ")), 200);
    },
  },
};
