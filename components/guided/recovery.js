// What earlier pages could not send, taken up again; and the texts that can no longer be saved, to be copied by hand.
import { get, mark, same, words } from "cp-guided/paths.js";
import { drop } from "cp-guided/shelf.js";

const LATER = 1500; // milliseconds: the page that was here a moment ago may not have let go yet

// Take up what is left, unless somebody changed the same passage meanwhile: then both versions are offered. What is stored
// may also be the beginning of what was typed, of which the server could not tell any more that it was stored.
export async function recover(form, again = true) {
  let count = 0;
  for (const { key, entries } of await form.ledger.left()) {
    if (!form.writable) {
      form.stranded.push({ key, texts: entries.flatMap(([, entry]) => words(entry.value)) });
      continue;
    }
    for (const [path, { value, base, refused, sent = [], offer }] of entries) {
      const current = get(form.model, path);
      if (current === undefined || same(current, value)) continue;
      if (offer) {
        form.offer(path, offer);
      } else if (same(current, base) || sent.includes(mark(current))) {
        form.edit(path, value);
        if (!refused) count += 1;
      } else {
        form.offer(path, { heading: "Ce que vous aviez écrit avant la coupure n’est pas ce qui est enregistré. Gardez la version que vous préférez.", value });
      }
    }
    if (form.ledger.write()) drop(key);
  }
  if (count) form.recovered = "Nous avons repris ce que vous aviez écrit avant la coupure.";
  form.stranded = form.stranded.filter(({ texts }) => texts.length);
  if (again) setTimeout(() => recover(form, false), LATER);
}

export const Recovered = {
  props: { recovered: String, stranded: Array },
  emits: ["done"],
  template: `
    <p v-if="recovered" class="notice notice-ok" role="status">{{ recovered }}</p>
    <section v-if="stranded.length" class="notice notice-warn stranded" aria-labelledby="stranded-title">
      <h3 id="stranded-title">Ces textes étaient restés sur cet appareil</h3>
      <p>Ils n’ont pas pu être enregistrés avant que la fiche soit fermée à l’écriture. Copiez ce qui compte pour vous.</p>
      <blockquote v-for="(text, index) in texts" :key="index">{{ text }}</blockquote>
      <p class="actions"><button type="button" class="btn btn-small" @click="forget">Les effacer de cet appareil</button></p>
    </section>`,
  computed: {
    texts() {
      return this.stranded.flatMap((each) => each.texts);
    },
  },
  methods: {
    forget() {
      this.stranded.forEach(({ key }) => drop(key));
      this.$emit("done");
    },
  },
};
