// One photo: folded when all is said, open when something is asked. What it shows, who made it, who is seen on it.
import { ItemTools } from "cp-guided/items.js";
import { PhotoCrop } from "cp-guided/photo_crop.js";

const SHARP = 1200; // pixels: narrower pictures blur at the head of a fiche

const AGREEMENT = { consent_date: "date", consent_until: "fin", consent_uses: "usages", consent_kept_at: "où il est rangé" };

// What a proposal will ask for, in words.
export function missing(photo) {
  const lacking = [];
  if (!photo.alt.trim()) lacking.push("description");
  if (!photo.credit.trim()) lacking.push("crédit");
  if (!photo.licence) lacking.push("réutilisation");
  if (!photo.consent) lacking.push("qui l’on voit");
  else if (["adultes", "mineurs"].includes(photo.consent)) {
    const asked = Object.keys(AGREEMENT).filter((each) => !photo[each].trim());
    if (asked.length) lacking.push(`accord (${asked.map((each) => AGREEMENT[each]).join(", ")})`);
  }
  return lacking;
}

export const PhotoCard = {
  components: { ItemTools, PhotoCrop },
  template: `
    <details class="photo" :open="open" @toggle="$emit('toggle', $event.target.open)">
      <summary>
        <img class="photo-mini" :src="form.pictureUrl(photo, 400)" alt="" width="96" height="72" :style="{ objectPosition: position }">
        <span class="photo-name">{{ name }}<span v-if="main" class="photo-flag">Image principale</span></span>
        <span class="photo-state" :class="{ 'is-whole': !lacking.length }">{{ lacking.length ? 'À compléter : ' + lacking.join(', ') : '✓ Complète' }}</span>
      </summary>
      <div class="item-body photo-body" role="group" :aria-label="name">
        <div class="photo-top">
          <div class="photo-thumb"><img :src="form.pictureUrl(photo, 827)" :alt="photo.alt || 'Image sans description pour l’instant'" :width="photo.width" :height="photo.height">
            <span class="photo-aim" aria-hidden="true" :style="{ left: photo.focus_x * 100 + '%', top: photo.focus_y * 100 + '%' }"></span></div>
          <div class="photo-side">
            <button type="button" class="btn btn-small btn-secondary" data-crop @click="cropping = true">Cadrer l’image<span class="visually-hidden"> : {{ name }}</span></button>
            <label class="option" :class="{ 'is-on': main }"><input type="radio" name="photo-cover" :checked="main" @change="$emit('cover')"><span>Image principale, en tête de la fiche</span></label>
            <p v-if="main && photo.width < sharp" class="kind photo-narrow" role="status">{{ photo.width }} pixels de large : en tête de la fiche, cette image risque d’être floue. Si vous en avez une de 1 200 pixels ou plus, préférez-la.</p>
          </div>
        </div>
        <component v-for="sub in field.fields" :key="sub.path" :is="form.kind(sub)" :field="sub" :path="at + '.' + sub.path"></component>
        <div v-if="photo.consent === 'adultes' || photo.consent === 'mineurs'" class="consent">
          <p class="hint">{{ field.consent_hint }}</p>
          <component v-for="sub in field.consent_fields" :key="sub.path" :is="form.kind(sub)" :field="sub" :path="at + '.' + sub.path"></component>
        </div>
        <slot></slot>
        <item-tools :index="index" :count="count" :name="name" @move="$emit('move', $event)" @remove="$emit('remove')"></item-tools>
      </div>
      <photo-crop v-if="cropping" :photo="photo" :id="'crop-' + index" @done="$emit('crop', $event)" @close="cropping = false"></photo-crop>
    </details>`,
  props: { photo: Object, field: Object, at: String, index: Number, count: Number, main: Boolean, name: String, open: Boolean },
  emits: ["toggle", "cover", "crop", "move", "remove"],
  inject: ["form"],
  data: () => ({ cropping: false }),
  computed: {
    sharp: () => SHARP,
    lacking() {
      return missing(this.photo);
    },
    position() {
      return `${this.photo.focus_x * 100}% ${this.photo.focus_y * 100}%`;
    },
  },
};
