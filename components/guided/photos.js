// The photos: choose, drop or take them, watch them arrive, describe, credit, say who is seen, choose the cover.
import { FieldFoot, fieldBase } from "cp-guided/base.js";
import { listBase } from "cp-guided/items.js";
import { clone } from "cp-guided/paths.js";
import { PhotoCard, missing } from "cp-guided/photo_card.js";
import { queueOf } from "cp-guided/uploads.js";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

export const PhotosField = {
  mixins: [fieldBase, listBase],
  components: { FieldFoot, PhotoCard },
  template: `
    <fieldset class="field items photos" :class="{ 'is-invalid': error }" :data-field="at">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <p v-if="asked.length" class="photos-why">{{ field.why }}</p>
      <ol class="item-list">
        <li v-for="(photo, index) in list" :key="keys[index]" class="item photo-item">
          <photo-card :photo="photo" :field="field" :at="at + '.' + index" :index="index" :count="list.length" :main="index === main" :name="itemName(index)" :open="opened[keys[index]] || false"
            @toggle="opened[keys[index]] = $event" @cover="cover(index)" @crop="change(photo.media, index, $event)" @move="move(index, $event)" @remove="remove(index)">
            <p v-if="following(index) >= 0" class="photo-next"><button type="button" class="btn btn-small" @click="show(following(index))">Compléter l’image {{ following(index) + 1 }} <span aria-hidden="true">→</span></button></p>
          </photo-card>
        </li>
      </ol>
      <p v-if="removed" class="undo"><span>{{ removed.text }}</span> <button type="button" ref="undo" class="btn btn-small" @click="undo">Annuler</button></p>
      <ul v-if="form.uploads.length" class="uploads" aria-label="Images en cours d’envoi">
        <li v-for="upload in form.uploads" :key="upload.id" :class="['is-' + upload.state, { 'is-cut': upload.cut }]">
          <span class="upload-name">{{ upload.name }}</span>
          <progress v-if="upload.state === 'sending'" :value="upload.share < 1 ? upload.share : undefined" max="1" :aria-label="'Envoi de ' + upload.name"></progress>
          <span v-if="stage(upload)" class="upload-stage">{{ stage(upload) }}</span>
          <span v-if="upload.error" :class="upload.cut ? 'upload-cut' : 'error'" role="alert">{{ upload.error }}</span>
          <span class="upload-tools">
            <button v-if="upload.state === 'failed'" type="button" class="btn btn-small" @click="queue.retry(upload)">Réessayer<span class="visually-hidden"> : {{ upload.name }}</span></button>
            <button type="button" class="tool" @click="forget(upload)">{{ upload.state === 'sending' || upload.state === 'waiting' ? 'Arrêter' : 'Retirer' }}<span class="visually-hidden"> : {{ upload.name }}</span></button>
          </span>
        </li>
      </ul>
      <p class="visually-hidden" role="status">{{ news }}</p>
      <div v-if="!full" ref="drop" class="drop" :class="{ 'is-over': over }" @dragenter.prevent="over = true" @dragover.prevent="over = true" @dragleave="leave" @drop.prevent="dropped">
        <label :for="id">{{ list.length ? 'Ajouter d’autres images' : 'Ajouter des images' }}</label>
        <p class="hint" :id="id + '-formats'">{{ field.formats }}</p>
        <input :id="id" ref="files" type="file" multiple :accept="accepted" :aria-describedby="id + '-formats'" @change="take($event.target)">
        <div v-if="touch" class="drop-camera"><label :for="id + '-camera'">Prendre une photo</label>
          <input :id="id + '-camera'" ref="camera" type="file" accept="image/*" capture="environment" @change="take($event.target)"></div>
        <p class="drop-hint" aria-hidden="true">{{ over ? 'Lâchez, elles s’ajoutent ici' : 'ou déposez-les ici' }}</p>
      </div>
      <p v-else class="hint">{{ field.full }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </fieldset>`,
  data: () => ({ opened: {}, over: false, touch: window.matchMedia("(pointer: coarse)").matches }),
  computed: {
    accepted: () => ACCEPTED,
    // As FicheContent.cover: the chosen one, else the first.
    main() {
      return Math.max(0, this.list.findIndex((photo) => photo.cover));
    },
    asked() {
      return this.list.filter((photo) => missing(photo).length);
    },
  },
  watch: {
    "form.arrived"(arrived) {
      if (arrived) this.welcome(arrived);
    },
  },
  created() {
    this.queue = queueOf(this.form);
    const first = this.list.findIndex((photo) => missing(photo).length);
    if (first >= 0) this.opened[this.keys[first]] = true;
  },
  mounted() {
    for (const kind of ["dragover", "drop"]) window.addEventListener(kind, this.spare);
  },
  beforeUnmount() {
    for (const kind of ["dragover", "drop"]) window.removeEventListener(kind, this.spare);
  },
  methods: {
    // A file dropped beside the zone would replace the fiche in the window.
    spare(event) {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    take(input) {
      this.add(input.files);
      input.value = "";
    },
    dropped(event) {
      this.over = false;
      this.add(event.dataTransfer.files);
    },
    leave(event) {
      if (!this.$refs.drop.contains(event.relatedTarget)) this.over = false;
    },
    add(files) {
      const chosen = [...files];
      if (!chosen.length) return;
      this.news = chosen.length > 1 ? `${chosen.length} images à envoyer.` : `${chosen[0].name} : envoi.`;
      this.queue.take(chosen, this.field);
    },
    stage(upload) {
      if (upload.state === "waiting") return "En attente";
      if (upload.state !== "sending") return "";
      return upload.share < 1 ? `${Math.round(upload.share * 100)}\u00a0%` : "Préparation…";
    },
    forget(upload) {
      this.queue.forget(upload);
      this.news = `${upload.name} : retirée.`;
      this.$nextTick(() => this.$refs.files?.focus());
    },
    // A picture has arrived: its card opens and asks for its description, unless the person is busy elsewhere.
    welcome({ name, position }) {
      this.news = `${name} : image ajoutée. Décrivez-la.`;
      this.form.arrived = null;
      this.$nextTick(() => {
        const writing = this.$el.querySelector(".photo[open]") && this.list.some((photo, index) => index !== position && this.opened[this.keys[index]] && missing(photo).length);
        if (writing) return;
        this.opened[this.keys[position]] = true;
        const active = document.activeElement;
        const free = !active || active === document.body || active.closest(".drop, .uploads");
        if (free) this.$nextTick(() => this.show(position));
      });
    },
    show(index) {
      this.opened[this.keys[index]] = true;
      this.$nextTick(() => {
        const box = this.itemAt(index)?.querySelector('[data-field$=".alt"]');
        this.itemAt(index)?.scrollIntoView({ block: "start" });
        box?.focus({ preventScroll: true });
      });
    },
    following(index) {
      return this.list.findIndex((photo, position) => position > index && missing(photo).length);
    },
    cover(index) {
      this.form.edit(this.at, clone(this.list).map((photo, position) => ({ ...photo, cover: position === index })));
    },
    // The list may have changed while the server was cutting.
    change(media, index, told) {
      const place = this.list[index]?.media === media ? index : this.list.findIndex((photo) => photo.media === media);
      if (place < 0) return;
      this.form.edit(this.at, clone(this.list).map((photo, position) => (position === place ? { ...photo, ...told } : photo)));
      this.news = `${this.itemName(place)} : cadrage enregistré.`;
    },
  },
};
