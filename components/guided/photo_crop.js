// « Cadrer l’image »: what is kept of it, and the point that must stay in view. With the mouse, a finger, keys or sliders.
import { WHOLE, clamp, cropName, kept, moved, pulled, readCrop, resized, seen, shaped } from "cp-guided/pictures.js";

const STEP = 0.01; // of a side, for one press of an arrow
const LEAST = 320; // pixels
const SHAPES = [
  ["free", "Libre", 0],
  ["wide", "Paysage", 3 / 2],
  ["square", "Carré", 1],
  ["tall", "Portrait", 4 / 5],
];
const FRAMES = [
  ["En tête de la fiche", 21 / 9],
  ["Dans la galerie", 8 / 5],
];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const percent = (value) => `${Math.round(value * 100)}\u00a0%`;

export const PhotoCrop = {
  template: `
    <dialog ref="dialog" class="crop" :aria-labelledby="id + '-title'" @cancel.prevent="close" @keydown.stop>
      <div class="crop-head">
        <h3 :id="id + '-title'">Cadrer l’image</h3>
        <p class="hint">Tirez les bords pour garder l’essentiel. Touchez ce qui compte le plus : ce point restera toujours visible.</p>
      </div>
      <div class="crop-body">
        <div class="crop-stage">
          <div ref="picture" class="crop-picture" :style="{ '--shape': size.w / size.h }">
            <img :src="form.wholeUrl(photo)" alt="" draggable="false" @load="measure">
            <div v-if="ready" ref="rect" class="crop-rect" tabindex="0" role="application" :aria-label="frameLabel" :aria-describedby="id + '-said'" :style="place(rect)"
              @pointerdown.prevent="grab($event, 'move')" @pointermove="drag" @pointerup="drop" @pointercancel="drop" @keydown="steer">
              <span v-for="handle in handles" :key="handle" class="crop-handle" :class="'at-' + handle" aria-hidden="true" @pointerdown.stop.prevent="grab($event, handle)"></span>
            </div>
            <button v-if="ready" type="button" class="crop-point" aria-label="Point à garder visible : flèches pour le déplacer" :aria-describedby="id + '-said'" :style="place(focus)"
              @pointerdown.prevent="grab($event, 'point')" @pointermove="drag" @pointerup="drop" @pointercancel="drop" @keydown="steerPoint"></button>
          </div>
        </div>
        <div class="crop-side">
          <fieldset class="crop-shapes"><legend>Forme</legend>
            <div><label v-for="[key, name] in shapes" :key="key" class="option" :class="{ 'is-on': shape === key }"><input type="radio" :name="id + '-shape'" :value="key" :checked="shape === key" @change="choose(key)"><span>{{ name }}</span></label></div>
          </fieldset>
          <div class="crop-seen" aria-hidden="true">
            <figure v-for="[name, ratio] in frames" :key="name"><div class="crop-frame" :style="{ '--shape': ratio }"><img v-if="ready" :src="form.wholeUrl(photo)" alt="" :style="through(ratio)"></div><figcaption>{{ name }}</figcaption></figure>
          </div>
          <details class="crop-sliders"><summary>Régler avec des curseurs</summary>
            <div v-for="slider in sliders" :key="slider.key" class="crop-slider">
              <label :for="id + '-' + slider.key">{{ slider.name }}</label>
              <input :id="id + '-' + slider.key" type="range" :min="slider.min" :max="slider.max" step="0.005" :value="slider.value" :disabled="slider.max <= slider.min" :aria-valuetext="percentOf(slider.value)" @input="slide(slider.key, Number($event.target.value))">
            </div>
          </details>
          <p class="hint crop-keys">Au clavier : les flèches déplacent le cadre ; avec Maj, elles l’agrandissent ou le réduisent.</p>
        </div>
      </div>
      <p :id="id + '-said'" class="crop-said" role="status">{{ said }}</p>
      <p v-if="error" class="error" role="alert">{{ error }}</p>
      <div class="crop-foot">
        <button type="button" class="btn btn-small btn-quiet crop-reset" @click="reset">Toute l’image</button>
        <button type="button" class="btn btn-small btn-secondary" @click="close">Annuler</button>
        <button type="button" class="btn btn-small btn-primary" :aria-disabled="busy || !ready ? 'true' : undefined" @click="apply">{{ busy ? 'Un instant…' : 'Appliquer' }}</button>
      </div>
    </dialog>`,
  props: { photo: Object, id: String },
  emits: ["done", "close"],
  inject: ["form"],
  data() {
    const rect = readCrop(this.photo.crop);
    const focus = { x: rect.x + this.photo.focus_x * rect.w, y: rect.y + this.photo.focus_y * rect.h };
    return { rect, focus, shape: "free", size: { w: this.photo.width, h: this.photo.height }, ready: false, busy: false, error: "", said: "" };
  },
  computed: {
    shapes: () => SHAPES,
    frames: () => FRAMES,
    // Width over height, in shares of the picture: what keeps the chosen shape in pixels.
    ratio() {
      const wanted = SHAPES.find(([key]) => key === this.shape)[2];
      return wanted ? (wanted * this.size.h) / this.size.w : 0;
    },
    least() {
      return { w: Math.min(1, LEAST / this.size.w), h: Math.min(1, LEAST / this.size.h) };
    },
    handles() {
      return this.ratio ? ["nw", "ne", "se", "sw"] : ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
    },
    frameLabel() {
      return `Cadre : ${percent(this.rect.w)} de la largeur, ${percent(this.rect.h)} de la hauteur. Flèches pour le déplacer, Maj et flèches pour l’agrandir ou le réduire.`;
    },
    sliders() {
      const { x, y, w, h } = this.rect;
      return [
        { key: "x", name: "Cadre, de gauche à droite", min: 0, max: 1 - w, value: x },
        { key: "y", name: "Cadre, de haut en bas", min: 0, max: 1 - h, value: y },
        { key: "w", name: "Largeur du cadre", min: this.least.w, max: 1, value: w },
        { key: "h", name: "Hauteur du cadre", min: this.least.h, max: 1, value: h },
        { key: "fx", name: "Point à garder, de gauche à droite", min: x, max: x + w, value: this.focus.x },
        { key: "fy", name: "Point à garder, de haut en bas", min: y, max: y + h, value: this.focus.y },
      ];
    },
  },
  mounted() {
    this.$refs.dialog.showModal();
  },
  beforeUnmount() {
    clearTimeout(this.saying);
  },
  methods: {
    measure(event) {
      this.size = { w: event.target.naturalWidth, h: event.target.naturalHeight };
      const first = !this.ready;
      this.ready = true;
      if (first) this.$nextTick(() => this.$refs.rect.focus({ preventScroll: true }));
    },
    percentOf: percent,
    place({ x, y, w, h }) {
      const style = { left: `${x * 100}%`, top: `${y * 100}%` };
      return w === undefined ? style : { ...style, width: `${w * 100}%`, height: `${h * 100}%` };
    },
    through(ratio) {
      const part = seen(this.rect, this.focus, (ratio * this.size.h) / this.size.w);
      return { width: `${100 / part.w}%`, height: `${100 / part.h}%`, left: `${(-100 * part.x) / part.w}%`, top: `${(-100 * part.y) / part.h}%` };
    },
    frame(rect) {
      this.rect = rect;
      this.focus = kept(this.focus, rect);
      this.say();
    },
    point(focus) {
      this.focus = kept(focus, this.rect);
      this.say();
    },
    // Said once the movement rests: a reader of screens could not follow each step.
    say() {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        const { x, y, w, h } = this.rect;
        const where = `à ${percent(x)} de la gauche et ${percent(y)} du haut`;
        const point = `Point à ${percent((this.focus.x - x) / w)} de la gauche et ${percent((this.focus.y - y) / h)} du haut du cadre.`;
        this.said = (cropName(this.rect) ? `Cadre : ${percent(w)} de la largeur, ${percent(h)} de la hauteur, ${where}. ` : "Toute l’image. ") + point;
      }, 400);
    },
    choose(key) {
      this.shape = key;
      if (this.ratio) this.frame(shaped(this.rect, this.ratio));
    },
    reset() {
      this.shape = "free";
      this.frame({ ...WHOLE });
      this.$refs.rect?.focus({ preventScroll: true });
    },

    // ---- mouse and fingers
    at(event) {
      const box = this.$refs.picture.getBoundingClientRect();
      return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    },
    grab(event, what) {
      if (event.button) return;
      event.currentTarget.closest(".crop-rect, .crop-point").setPointerCapture(event.pointerId);
      (what === "point" ? event.currentTarget : this.$refs.rect).focus({ preventScroll: true });
      this.held = { what, from: this.at(event), rect: this.rect, client: [event.clientX, event.clientY], far: false };
    },
    drag(event) {
      if (!this.held) return;
      const { what, from, rect, client } = this.held;
      if (Math.hypot(event.clientX - client[0], event.clientY - client[1]) > 4) this.held.far = true;
      if (!this.held.far) return;
      const here = this.at(event);
      if (what === "point") this.point({ x: clamp(here.x, 0, 1), y: clamp(here.y, 0, 1) });
      else if (what === "move") this.frame(moved(rect, here.x - from.x, here.y - from.y));
      else this.frame(pulled(rect, what, { x: clamp(here.x, 0, 1), y: clamp(here.y, 0, 1) }, this.least, this.ratio));
    },
    drop() {
      // A touch without movement says what counts.
      if (this.held?.what === "move" && !this.held.far) this.point(this.held.from);
      this.held = null;
    },

    // ---- keys and sliders
    steer(event) {
      const arrow = ARROWS[event.key];
      if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [dx, dy] = arrow;
      if (event.shiftKey) this.frame(resized(this.rect, this.rect.w + dx * STEP, this.rect.h + dy * STEP, this.least, this.ratio));
      else this.frame(moved(this.rect, dx * STEP, dy * STEP));
    },
    steerPoint(event) {
      const arrow = ARROWS[event.key];
      if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.point({ x: this.focus.x + arrow[0] * STEP, y: this.focus.y + arrow[1] * STEP });
    },
    slide(key, value) {
      const { rect, focus } = this;
      if (key === "x") this.frame(moved(rect, value - rect.x, 0));
      else if (key === "y") this.frame(moved(rect, 0, value - rect.y));
      else if (key === "w") this.frame(resized(rect, value, rect.h, this.least, this.ratio));
      else if (key === "h") this.frame(resized(rect, rect.w, value, this.least, this.ratio));
      else this.point(key === "fx" ? { ...focus, x: value } : { ...focus, y: value });
    },

    // ---- the end
    close() {
      this.$refs.dialog.close(); // the focus goes back to the button that opened it
      this.$emit("close");
    },
    async apply() {
      if (this.busy || !this.ready) return;
      const crop = cropName(this.rect);
      const share = (value) => Math.round(clamp(value, 0, 1) * 100) / 100;
      const told = { focus_x: share((this.focus.x - this.rect.x) / this.rect.w), focus_y: share((this.focus.y - this.rect.y) / this.rect.h) };
      this.error = "";
      if (crop !== this.photo.crop) {
        this.busy = true;
        try {
          const { crop: now, width, height } = await cut(this.photo.media, crop, await this.form.ensureRevision());
          Object.assign(told, { crop: now, width, height });
        } catch (problem) {
          this.error = problem.message;
          return;
        } finally {
          this.busy = false;
        }
      }
      this.$emit("done", told);
      this.close();
    },
  },
};

async function cut(media, crop, revision) {
  let answer;
  try {
    answer = await fetch("/ecrire/photos/cadrage", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ revision, media, crop }),
    });
  } catch {
    throw new Error("Le cadrage n’est pas arrivé : vérifiez votre connexion, puis appliquez à nouveau.");
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw new Error(told.error || "Le cadrage n’a pas pu être fait. Réessayez dans un instant.");
}
