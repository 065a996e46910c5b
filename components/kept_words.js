// What this device keeps and the server does not have: texts of pages that were closed before the line came back.
import { drop, free } from "cp-guided/shelf.js";
import { words } from "cp-guided/paths.js";

export default {
  template: `
    <section v-if="copies.length" class="kept notice notice-warn" aria-labelledby="kept-title">
      <h2 id="kept-title">Des textes vous attendent sur cet appareil</h2>
      <p>Ils n’ont pas encore été enregistrés : la page a été fermée avant le retour de la connexion.</p>
      <ul>
        <li v-for="copy in copies" :key="copy.key">
          <p><strong>{{ copy.title || 'Une fiche sans titre' }}</strong> <span class="hint">{{ when(copy.at) }}</span></p>
          <details><summary>Lire ces textes</summary><blockquote v-for="(text, index) in texts(copy)" :key="index">{{ text }}</blockquote></details>
          <p class="actions">
            <a class="btn btn-primary btn-small" :href="address(copy)">Reprendre ce texte<span class="visually-hidden"> : {{ copy.title || 'fiche sans titre' }}</span></a>
            <button type="button" class="btn btn-small" @click="forget(copy)">{{ sure === copy.key ? 'Confirmer : effacer pour de bon' : 'Effacer de cet appareil' }}</button>
          </p>
        </li>
      </ul>
      <p class="visually-hidden" role="status">{{ news }}</p>
    </section>`,
  props: { account: Number },
  data: () => ({ copies: [], sure: "", news: "" }),
  mounted() {
    this.look();
    // The page that was just left may not have let go of its copy yet.
    setTimeout(() => this.look(), 1000);
  },
  methods: {
    async look() {
      const unsaved = (copy) => this.texts(copy).length && /^\/ecrire\/(\d+|nouvelle)(\?[^<>"\\]*)?$/.test(copy.address);
      this.copies = (await free(this.account)).filter(unsaved).reverse();
    },
    // Several new drafts may wait: the address says which one comes back.
    address(copy) {
      const [path, text] = copy.address.split("?");
      const query = new URLSearchParams(text);
      if (copy.place.startsWith("nouvelle-")) {
        query.set("structure", copy.place.slice("nouvelle-".length));
        query.set("copie", copy.page);
      }
      return `${path}?${query}`;
    },
    texts: (copy) => copy.entries.flatMap(([, entry]) => words(entry.value)),
    when: (at) => new Date(at).toLocaleString("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }),
    forget(copy) {
      if (this.sure !== copy.key) return (this.sure = copy.key);
      drop(copy.key);
      this.copies = this.copies.filter((each) => each !== copy);
      this.news = "Texte effacé de cet appareil.";
    },
  },
};
