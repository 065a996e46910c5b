// Gabarits and colours, each shown on a miniature of the author's own fiche. Miniatures are frames without scripts,
// made when the panel opens and gone with it.
import { nextTick } from "vue";

const WIDE = 900; // pixels of the page that a miniature reduces
const REDUCED = 104; // pixels of a miniature

export const Looks = {
  template: `
    <div class="look-panel" role="group" aria-label="Présentation" @keydown.esc.stop="$emit('close')">
      <fieldset class="looks"><legend>Mise en page</legend>
        <div class="looks-row">
          <label v-for="each in look.gabarits" :key="each.key" class="thumb-choice" :class="{ 'is-on': look.gabarit === each.key }" :title="each.description">
            <input type="radio" name="look-gabarit" :value="each.key" :checked="look.gabarit === each.key" :disabled="!writable" @change="$emit('gabarit', each.key)">
            <span class="thumb-frame" aria-hidden="true"><iframe :ref="'g-' + each.key" tabindex="-1" title="" sandbox="allow-same-origin" loading="eager"></iframe></span>
            <span class="thumb-name">{{ each.label }}</span></label>
        </div>
      </fieldset>
      <fieldset class="looks"><legend>Couleurs</legend>
        <div class="looks-row">
          <label v-for="each in look.palettes" :key="each.key" class="thumb-choice" :class="{ 'is-on': look.palette === each.key }">
            <input type="radio" name="look-palette" :value="each.key" :checked="look.palette === each.key" :disabled="!writable" @change="$emit('palette', each.key)">
            <span class="thumb-frame" aria-hidden="true"><iframe :ref="'p-' + each.key" tabindex="-1" title="" sandbox="allow-same-origin" loading="eager"></iframe></span>
            <span class="thumb-name">{{ each.label }}</span></label>
        </div>
      </fieldset>
      <button type="button" class="look-close" @click="$emit('close')">Fermer</button>
    </div>`,
  props: { look: Object, fiches: Object, writable: Boolean },
  emits: ["close", "palette", "gabarit"],
  watch: {
    fiches() {
      this.fill();
    },
  },
  mounted() {
    this.fill();
    nextTick(() => this.$el.querySelector("input:checked")?.focus());
  },
  methods: {
    fill() {
      for (const each of this.look.gabarits) this.dress("g-" + each.key, each.key, this.look.palette);
      for (const each of this.look.palettes) this.dress("p-" + each.key, this.look.gabarit, each.key);
    },
    dress(name, gabarit, palette) {
      const frame = this.$refs[name]?.[0];
      const fiche = this.fiches[gabarit];
      if (!frame || !fiche) return;
      const css = this.look.gabarits.find((each) => each.key === gabarit).css;
      const html = fiche.replace(/data-palette="[^"]*"/, `data-palette="${palette}"`).replace(/ loading="lazy"/g, "");
      const style = `html{overflow:hidden}body{margin:0;width:${WIDE}px}`;
      const page = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Miniature</title><link rel="stylesheet" href="${css}"><style>${style}</style></head><body inert>${html}</body></html>`;
      if (frame.srcdoc === page) return;
      frame.style.width = WIDE + "px";
      frame.style.height = (WIDE * 4) / 3 + "px";
      frame.style.transform = `scale(${REDUCED / WIDE})`;
      frame.srcdoc = page;
    },
  },
};
