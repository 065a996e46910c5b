// The sheets of A4: pictures of the pages, the last good ones kept until the next have arrived.
export const Sheets = {
  template: `
    <div class="sheets" ref="box" tabindex="0" role="region" aria-label="Feuilles A4 de votre fiche" :aria-busy="late ? 'true' : 'false'">
      <p class="sheets-state" v-if="!shown.length">{{ failed ? 'Les feuilles n’ont pas pu être dessinées. Nouvel essai à votre prochaine phrase.' : 'Vos feuilles se préparent…' }}</p>
      <p class="sheets-state sheets-late" v-else-if="late">Mise à jour…</p>
      <figure v-for="(address, rank) in shown" :key="rank">
        <img :src="address" width="910" height="1287" :alt="'Page ' + (rank + 1) + ' de votre fiche, en image. Le texte se lit dans la vue Page.'">
        <figcaption>Page {{ rank + 1 }} sur {{ shown.length }}</figcaption>
      </figure>
    </div>`,
  props: { pages: Array, late: Boolean, page: Number },
  emits: ["shown", "lost"],
  data: () => ({ shown: [], failed: false }),
  watch: {
    pages() {
      this.load();
    },
    page() {
      this.follow();
    },
  },
  mounted() {
    this.load();
  },
  methods: {
    async load() {
      const wanted = this.pages;
      if (!wanted.length) return;
      try {
        await Promise.all(wanted.map(arrived));
      } catch {
        if (wanted !== this.pages) return;
        // The server forgets pictures after a while: ask once for each set.
        if (this.lost !== wanted.join()) this.$emit("lost");
        else this.failed = true;
        this.lost = wanted.join();
        return;
      }
      if (wanted !== this.pages) return;
      const first = !this.shown.length;
      this.failed = false;
      this.shown = wanted;
      this.$emit("shown");
      if (first) this.$nextTick(() => this.follow(true));
    },
    follow(at_once = false) {
      const sheet = this.$refs.box?.querySelectorAll("figure")[this.page];
      if (!sheet) return;
      const calm = at_once || matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.$refs.box.scrollTo({ top: sheet.offsetTop - 12, behavior: calm ? "instant" : "smooth" });
    },
  },
};

function arrived(address) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = resolve;
    image.onerror = reject;
    image.src = address;
  });
}
