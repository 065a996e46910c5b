// On a phone: from the form to the fiche and back, each found again at the same place. What is behind takes no focus.
const BEHIND = ".editor-bar, .company, .stepper, .pane-form";

export default {
  template: `<button type="button" class="flip btn btn-sun" @click="flip">{{ shown ? 'Revenir à l’écriture' : 'Voir ma fiche' }}</button>`,
  data: () => ({ shown: false }),
  mounted() {
    this.narrow = matchMedia("(max-width: 59.99rem)"); // as in editor.css
    this.narrow.addEventListener("change", this.hide);
    window.addEventListener("show-form", this.back);
  },
  beforeUnmount() {
    this.narrow.removeEventListener("change", this.hide);
    window.removeEventListener("show-form", this.back);
  },
  methods: {
    // Something in the fiche leads to a field.
    back() {
      if (this.shown) this.flip();
    },
    flip() {
      this.shown = !this.shown;
      document.documentElement.classList.toggle("shows-preview", this.shown);
      this.hide();
    },
    hide() {
      for (const element of document.querySelectorAll(BEHIND)) element.inert = this.shown && this.narrow.matches;
    },
  },
};
