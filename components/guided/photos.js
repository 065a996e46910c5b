// The photos: choose, watch them arrive, describe, credit, say who is seen, choose the cover and what must stay in view.
import { FieldFoot, fieldBase } from "cp-guided/base.js";
import { ItemTools, listBase } from "cp-guided/items.js";
import { clone } from "cp-guided/paths.js";

export const PhotosField = {
  mixins: [fieldBase, listBase],
  components: { FieldFoot, ItemTools },
  template: `
    <fieldset class="field items photos" :class="{ 'is-invalid': error }" :data-field="at">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <ol class="item-list">
        <li v-for="(photo, index) in list" :key="keys[index]" class="item">
          <fieldset class="item-body">
            <legend>{{ itemName(index) }}</legend>
            <div class="photo-top">
              <div class="thumb" @click="aim($event, index)">
                <img :src="form.pictureUrl(photo)" :alt="photo.alt || 'Image sans description pour l’instant'" :width="photo.width" :height="photo.height">
                <span class="aim" aria-hidden="true" :style="{ left: photo.focus_x * 100 + '%', top: photo.focus_y * 100 + '%' }"></span>
              </div>
              <div class="photo-side">
                <label class="option" :class="{ 'is-on': photo.cover }">
                  <input type="radio" name="photo-cover" :checked="photo.cover" @change="cover(index)"><span>Image de une</span></label>
                <details class="focus"><summary>Ce qui doit rester visible</summary>
                  <p class="hint">Cliquez sur l’image, ou déplacez les curseurs.</p>
                  <label :for="id + '-x-' + index">De gauche à droite</label>
                  <input :id="id + '-x-' + index" type="range" min="0" max="1" step="0.01" :value="photo.focus_x" @input="form.edit(at + '.' + index + '.focus_x', Number($event.target.value))">
                  <label :for="id + '-y-' + index">De haut en bas</label>
                  <input :id="id + '-y-' + index" type="range" min="0" max="1" step="0.01" :value="photo.focus_y" @input="form.edit(at + '.' + index + '.focus_y', Number($event.target.value))">
                </details>
              </div>
            </div>
            <component v-for="sub in field.fields" :key="sub.path" :is="form.kind(sub)" :field="sub" :path="at + '.' + index + '.' + sub.path"></component>
            <div v-if="photo.consent === 'adultes' || photo.consent === 'mineurs'" class="consent">
              <p class="hint">{{ field.consent_hint }}</p>
              <component v-for="sub in field.consent_fields" :key="sub.path" :is="form.kind(sub)" :field="sub" :path="at + '.' + index + '.' + sub.path"></component>
            </div>
          </fieldset>
          <item-tools :index="index" :count="list.length" :name="itemName(index)" @move="move(index, $event)" @remove="remove(index)"></item-tools>
        </li>
      </ol>
      <p v-if="removed" class="undo"><span>{{ removed.text }}</span> <button type="button" ref="undo" class="btn btn-small" @click="undo">Annuler</button></p>
      <ul v-if="uploads.length" class="uploads">
        <li v-for="upload in uploads" :key="upload.id" :class="{ 'is-refused': upload.error }">
          <span>{{ upload.name }}</span>
          <progress v-if="!upload.error" :value="upload.share" max="1" :aria-label="'Envoi de ' + upload.name"></progress>
          <span v-else class="error" role="alert">{{ upload.error }}</span>
          <button v-if="upload.error" type="button" class="tool" @click="uploads = uploads.filter((each) => each !== upload)">Fermer</button>
        </li>
      </ul>
      <p class="visually-hidden" role="status">{{ news }}</p>
      <div v-if="!full" class="drop" @dragover.prevent @drop.prevent="take($event.dataTransfer.files)">
        <label :for="id">{{ list.length ? 'Ajouter d’autres images' : 'Ajouter des images' }}</label>
        <p class="hint" :id="id + '-formats'">JPEG, PNG ou WebP, 20 Mo au plus chacune. Pour l’image de une, 1 200 pixels de large au moins.</p>
        <input :id="id" ref="files" type="file" multiple accept="image/jpeg,image/png,image/webp" :aria-describedby="id + '-formats'" @change="take($event.target.files)">
      </div>
      <p v-else class="hint">{{ field.full }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </fieldset>`,
  data: () => ({ uploads: [] }),
  methods: {
    aim(event, index) {
      const box = event.currentTarget.getBoundingClientRect();
      const share = (value, size) => Math.round(Math.min(1, Math.max(0, value / size)) * 100) / 100;
      this.form.edit(`${this.at}.${index}.focus_x`, share(event.clientX - box.left, box.width));
      this.form.edit(`${this.at}.${index}.focus_y`, share(event.clientY - box.top, box.height));
    },
    cover(index) {
      this.form.edit(this.at, clone(this.list).map((photo, position) => ({ ...photo, cover: position === index })));
    },
    async take(files) {
      const room = this.field.limit - this.list.length - this.uploads.filter((each) => !each.error).length;
      const chosen = [...files];
      if (this.$refs.files) this.$refs.files.value = "";
      if (chosen.length > room) this.news = this.field.full;
      for (const file of chosen.slice(0, Math.max(0, room))) await this.upload(file);
    },
    async upload(file) {
      this.uploads.push({ id: ++this.form.uploadSerial, name: file.name, share: 0, error: "" });
      const upload = this.uploads.at(-1);
      try {
        if (file.size > 20_000_000) throw new Error("Cette image dépasse 20 Mo. Enregistrez-la en plus petit, puis réessayez.");
        const revision = await this.form.ensureRevision();
        const stored = await send(file, revision, (share) => (upload.share = share));
        this.uploads = this.uploads.filter((each) => each !== upload);
        const photo = { ...clone(this.field.blank), ...stored, cover: !this.list.length };
        this.form.edit(this.at, [...clone(this.list), photo]);
        this.news = `${file.name} : image ajoutée. Décrivez-la.`;
      } catch (error) {
        upload.error = error.message;
      }
    },
  },
};

function send(file, revision, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", `/ecrire/photos?revision=${revision}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      const answer = request.response || {};
      if (request.status === 200 && answer.media) resolve(answer);
      else reject(new Error(answer.error || "L’image n’est pas arrivée. Réessayez dans un instant."));
    };
    request.onerror = () => reject(new Error("L’image n’est pas arrivée : vérifiez votre connexion, puis réessayez."));
    request.send(body);
  });
}
