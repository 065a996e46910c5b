// The fiche beside the form: one frame that stays, without scripts, whose content is replaced piece by piece.
// The server sends only what differs from the last version, so that a page open for hours costs next to nothing.
const WIDTHS = { page: 1180, phone: 390, paper: 794 };

export default {
  template: `
    <section class="preview" aria-label="Votre fiche">
      <div class="preview-tools">
        <fieldset class="preview-media"><legend class="visually-hidden">Voir comme</legend>
          <label v-for="[key, text] in media" :key="key" :class="{ 'is-on': medium === key }"><input type="radio" name="preview-medium" :value="key" v-model="medium"><span>{{ text }}</span></label>
        </fieldset>
        <fieldset class="preview-palettes"><legend>Couleurs</legend>
          <label v-for="each in palettes" :key="each.key" :title="each.label" :class="{ 'is-on': palette === each.key }">
            <input type="radio" name="preview-palette" :value="each.key" :checked="palette === each.key" :disabled="!writable" @change="$emit('palette', each.key)">
            <span class="swatch" aria-hidden="true" :style="{ background: each.strong, borderColor: each.accent }"></span><span class="swatch-name">{{ each.label }}</span></label>
        </fieldset>
      </div>
      <div class="preview-stage" ref="stage" :class="'is-' + medium">
        <iframe ref="frame" title="Aperçu de votre fiche" sandbox="allow-same-origin" :style="frameStyle"></iframe>
      </div>
    </section>`,
  props: { stylesheet: String, initial: String, palettes: Array, palette: String, part: Number, writable: Boolean },
  emits: ["palette", "resync"],
  data: () => ({ medium: matchMedia("(max-width: 30rem)").matches ? "phone" : "page", room: { width: 700, height: 800 } }),
  computed: {
    media: () => [
      ["page", "Page"],
      ["phone", "Téléphone"],
      ["paper", "Feuille A4"],
    ],
    frameStyle() {
      const width = WIDTHS[this.medium];
      const scale = Math.min(1, this.room.width / width);
      return { width: width + "px", height: this.room.height / scale + "px", transform: `scale(${scale})`, marginLeft: Math.max(0, (this.room.width - width * scale) / 2) + "px" };
    },
  },
  watch: {
    part() {
      this.follow();
    },
    medium() {
      this.dress();
      this.$nextTick(() => this.follow(true));
    },
  },
  created() {
    this.html = this.initial;
  },
  mounted() {
    const frame = this.$refs.frame;
    frame.addEventListener("load", () => {
      this.dress();
      this.render();
      this.follow(true);
    });
    // A link of the fiche must not lead the frame away: without permission for pop-ups, "_blank" leads nowhere.
    frame.srcdoc = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><base target="_blank"><title>Aperçu</title><style></style></head><body></body></html>`;
    this.observer = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width) this.room = { width: contentRect.width, height: contentRect.height };
    });
    this.observer.observe(this.$refs.stage);
  },
  beforeUnmount() {
    this.observer.disconnect();
  },
  methods: {
    // Replace `drop` characters at `start` by `text`; the result must be `length` characters long.
    patch(start, drop, text, length) {
      const html = this.html.slice(0, start) + text + this.html.slice(start + drop);
      if (html.length !== length) return this.$emit("resync");
      this.html = html;
      this.render();
    },
    reset(html) {
      this.html = html;
      this.render();
    },
    render() {
      const body = this.$refs.frame.contentDocument?.body;
      if (!body) return;
      const fresh = body.ownerDocument.createElement("body");
      fresh.innerHTML = this.html;
      replaceChanged(body, fresh);
    },
    // The sheet of paper is the rules of the PDF, applied to the screen.
    dress() {
      const style = this.$refs.frame.contentDocument?.querySelector("style");
      if (!style) return;
      const paper = this.stylesheet.replaceAll("@media screen", "@media not all").replaceAll("@media print", "@media screen");
      style.textContent = "body { margin: 0 }" + (this.medium === "paper" ? paper : this.stylesheet);
    },
    follow(at_once = false) {
      const view = this.$refs.frame.contentWindow;
      const block = view?.document.querySelector(`[data-step="${this.part}"]`);
      if (!block) return;
      const calm = at_once || matchMedia("(prefers-reduced-motion: reduce)").matches;
      view.scrollTo({ top: block.getBoundingClientRect().top + view.scrollY - 24, behavior: calm ? "instant" : "smooth" });
    },
  },
};

// Replace only the blocks that changed: pictures do not blink and the page keeps its place.
function replaceChanged(old, fresh, depth = 0) {
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  if (before.length !== after.length || depth > 3) return old.replaceChildren(...after);
  before.forEach((node, index) => {
    const next = after[index];
    if (node.isEqualNode(next)) return;
    const alike = node.nodeType === 1 && next.nodeType === 1 && node.cloneNode(false).isEqualNode(next.cloneNode(false));
    if (alike) replaceChanged(node, next, depth + 1);
    else node.replaceWith(next);
  });
}
