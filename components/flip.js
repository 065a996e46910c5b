// On a phone: from the form to the fiche and back, each found again at the same place.
export default {
  template: `<button type="button" class="flip btn btn-sun" :aria-pressed="shown ? 'true' : 'false'" @click="flip">{{ shown ? 'Revenir à l’écriture' : 'Voir ma fiche' }}</button>`,
  data: () => ({ shown: false }),
  mounted() {
    window.addEventListener("show-form", this.back);
  },
  beforeUnmount() {
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
    },
  },
};
