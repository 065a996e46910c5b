// The fiche beside the form: one frame that stays, without scripts, whose content is replaced piece by piece.
// The server sends only what differs from the last version, so that a page open for hours costs next to nothing.
// Sheets of paper are pictures of the very pages of the PDF: their breaks are the real ones.
import { Gauge } from "cp-preview/gauge.js";
import { Looks } from "cp-preview/looks.js";
import { Sheets } from "cp-preview/sheets.js";

const WIDTHS = { page: 1180, phone: 390, poster: 1123 };
const POSTER_HEIGHT = 1588; // A3 at 96 dots an inch, as its width

export default {
  components: { Gauge, Looks, Sheets },
  template: `
    <section class="preview" aria-label="Votre fiche">
      <div class="preview-tools">
        <fieldset class="preview-media"><legend class="visually-hidden">Voir comme</legend>
          <label v-for="[key, text] in media" :key="key" :class="{ 'is-on': medium === key }"><input type="radio" name="preview-medium" :value="key" v-model="medium"><span>{{ text }}</span></label>
        </fieldset>
        <button type="button" class="look-button" ref="opener" :aria-expanded="looking ? 'true' : 'false'" aria-controls="look-panel" @click="toggle">
          <span class="swatch" aria-hidden="true" :style="swatch"></span>Présentation</button>
      </div>
      <looks v-if="looking" id="look-panel" :look="look" :fiches="fiches" :writable="writable" @close="close" @palette="$emit('palette', $event)" @gabarit="$emit('gabarit', $event)"></looks>
      <div class="preview-stage" ref="stage" :class="'is-' + medium">
        <iframe v-show="medium !== 'paper'" ref="frame" title="Aperçu de votre fiche" sandbox="allow-same-origin" :style="frameStyle"></iframe>
        <sheets v-if="medium === 'paper'" :pages="said.sheets" :late="late" :page="page" @shown="$emit('seen')" @lost="$emit('lost')"></sheets>
      </div>
      <gauge :said="said" :late="late" @mend="mend"></gauge>
    </section>`,
  props: { initial: String, part: Number, writable: Boolean, look: Object },
  emits: ["palette", "gabarit", "medium", "thumbnails", "mend", "seen", "lost", "resync"],
  data: () => ({
    medium: matchMedia("(max-width: 30rem)").matches ? "phone" : "page",
    room: { width: 700, height: 800 },
    looking: false,
    fiches: {},
    said: { pages: "", help: "", cuts: [], steps: {}, sheets: [] },
    late: true,
  }),
  computed: {
    media: () => [
      ["page", "Page"],
      ["paper", "Feuilles A4"],
      ["phone", "Téléphone"],
      ["poster", "Affiche"],
    ],
    frameStyle() {
      const width = WIDTHS[this.medium] ?? WIDTHS.page;
      const poster = this.medium === "poster";
      const whole = poster ? (this.room.height - 16) / POSTER_HEIGHT : 1;
      const scale = Math.min(1, this.room.width / width, whole);
      const height = poster ? POSTER_HEIGHT : this.room.height / scale;
      return { width: width + "px", height: height + "px", transform: `scale(${scale})`, marginLeft: Math.max(0, (this.room.width - width * scale) / 2) + "px" };
    },
    swatch() {
      const chosen = this.look.palettes.find((each) => each.key === this.look.palette) ?? this.look.palettes[0];
      return { background: chosen.strong, borderColor: chosen.accent };
    },
    page() {
      return this.said.steps[this.part] ?? 0;
    },
  },
  watch: {
    part() {
      this.follow();
    },
    medium(now, before) {
      this.$emit("medium", now);
      this.dress();
      if ((now === "poster") !== (before === "poster")) this.render();
      this.$nextTick(() => this.follow(true));
    },
    look(now, before) {
      if (now.gabarit !== before.gabarit || now.stylesheet !== before.stylesheet) this.dress();
      if (this.looking) this.$emit("thumbnails");
    },
  },
  created() {
    this.html = { page: this.initial, poster: "" };
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
    patch(name, start, drop, text, length) {
      const html = this.html[name].slice(0, start) + text + this.html[name].slice(start + drop);
      if (html.length !== length) return this.$emit("resync");
      this.reset(name, html);
    },
    reset(name, html) {
      this.html[name] = html;
      if ((name === "poster") === (this.medium === "poster")) this.render();
    },
    render() {
      const body = this.$refs.frame.contentDocument?.body;
      if (!body) return;
      const fresh = body.ownerDocument.createElement("body");
      fresh.innerHTML = this.html[this.medium === "poster" ? "poster" : "page"];
      replaceChanged(body, fresh);
    },
    dress() {
      const style = this.$refs.frame.contentDocument?.querySelector("style");
      if (!style) return;
      // Of a page made smaller, letters keep the spaces they have at full size.
      style.textContent = "body { margin: 0; text-rendering: geometricPrecision }" + (this.medium === "poster" ? this.look.poster : this.look.stylesheet);
    },
    follow(at_once = false) {
      const view = this.$refs.frame.contentWindow;
      const block = view?.document.querySelector(`[data-step="${this.part}"]`);
      if (!block || this.medium === "poster") return;
      const calm = at_once || matchMedia("(prefers-reduced-motion: reduce)").matches;
      view.scrollTo({ top: block.getBoundingClientRect().top + view.scrollY - 24, behavior: calm ? "instant" : "smooth" });
    },
    // ---- looks: miniatures are made when the panel opens
    toggle() {
      this.looking = !this.looking;
      if (this.looking) this.$emit("thumbnails");
    },
    close() {
      this.looking = false;
      this.$refs.opener.focus();
    },
    fill(fiches) {
      this.fiches = fiches;
    },
    // ---- the gauge
    measured(said) {
      this.said = { ...said, sheets: said.sheets.length ? said.sheets : this.said.sheets };
      this.late = !said.fresh;
    },
    is_late() {
      this.late = true;
    },
    mend(path) {
      window.dispatchEvent(new CustomEvent("show-form"));
      this.$emit("mend", path);
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
