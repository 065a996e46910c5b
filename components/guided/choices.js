// Choices in native controls: list, radio buttons, boxes to tick, month and year.
import { FieldFoot, fieldBase } from "cp-guided/base.js";
import { alike } from "cp-guided/paths.js";

const SAME_WORDS = 0.7; // share of common words under which somebody's words have become others

export const SelectField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <div class="field" :class="{ 'is-invalid': error }">
      <label :for="id">{{ name }}</label>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <select :id="id" :data-field="at" :disabled="closed" :value="value ?? ''" :aria-describedby="describedBy" @change="form.edit(at, $event.target.value)">
        <option v-if="field.blank !== false" value="">{{ field.blank || 'À choisir' }}</option>
        <option v-for="[key, text] in field.options" :key="key" :value="key">{{ text }}</option>
      </select>
      <field-foot :field="field" :at="at" :id="id" :text="value"></field-foot>
    </div>`,
};

export const RadioField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <fieldset class="field choices" :class="{ 'is-invalid': error }" :data-field="at" :aria-describedby="describedBy">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <div class="options" :class="{ 'options-row': field.row }">
        <label v-for="[key, text] in field.options" :key="key" class="option" :class="{ 'is-on': value === key }">
          <input type="radio" :disabled="closed" :name="id" :value="key" :checked="value === key" @change="form.edit(at, key)">
          <span>{{ text }}</span>
        </label>
      </div>
      <field-foot :field="field" :at="at" :id="id" :text="value"></field-foot>
    </fieldset>`,
};

export const CheckboxesField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <fieldset class="field choices" :class="{ 'is-invalid': error }" :data-field="at" :aria-describedby="describedBy">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <div class="options options-chips">
        <label v-for="[key, text] in field.options" :key="key" class="option option-chip" :class="{ 'is-on': chosen.includes(key) }">
          <input type="checkbox" :disabled="closed" :checked="chosen.includes(key)" @change="toggle($event, key)">
          <span>{{ text }}</span>
        </label>
      </div>
      <p class="kind" role="status">{{ refusal }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </fieldset>`,
  data: () => ({ refusal: "" }),
  computed: {
    chosen() {
      return this.value || [];
    },
  },
  methods: {
    toggle(event, key) {
      this.refusal = "";
      if (!event.target.checked) return this.form.edit(this.at, this.chosen.filter((other) => other !== key));
      if (this.field.limit && this.chosen.length >= this.field.limit) {
        event.target.checked = false;
        this.refusal = this.field.refusal;
        return;
      }
      // Kept in the order of the list, whatever the order of the clicks.
      const order = this.field.options.map(([each]) => each);
      const chosen = [...this.chosen, key].sort((a, b) => order.indexOf(a) - order.indexOf(b));
      this.form.edit(this.at, chosen);
    },
  },
};

export const TickField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <div class="field tick" :class="{ 'is-invalid': error }">
      <label class="option" :class="{ 'is-on': value }">
        <input type="checkbox" :id="id" :data-field="at" :disabled="closed" :checked="value" :aria-describedby="describedBy" @change="form.edit(at, $event.target.checked)">
        <span>{{ name }}</span>
      </label>
      <p class="kind" role="status">{{ changed ? field.reread : '' }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </div>`,
  data: () => ({ agreed: "" }), // the words as they were when the box was ticked, or when this page first showed it so
  computed: {
    // What the tick speaks for, in the same item.
    words() {
      return this.field.of ? this.form.value(this.at.replace(/[^.]+$/, this.field.of)) || "" : "";
    },
    changed() {
      return Boolean(this.value && this.field.of && this.agreed && alike(this.agreed, this.words) < SAME_WORDS);
    },
  },
  watch: {
    value: {
      immediate: true,
      handler(on) {
        this.agreed = on ? this.words : "";
      },
    },
  },
};

export const MonthField = {
  mixins: [fieldBase],
  components: { FieldFoot },
  template: `
    <fieldset class="field month" :class="{ 'is-invalid': error }">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <div class="pair">
        <div><label :for="id + '-month'">Mois</label>
          <select :id="id + '-month'" :disabled="closed" :value="month" :aria-describedby="describedBy" @change="write($event.target.value, year)">
            <option value="">Sans mois</option>
            <option v-for="(text, index) in months" :key="index" :value="String(index + 1).padStart(2, '0')">{{ text }}</option>
          </select></div>
        <div><label :for="id">Année</label>
          <input :id="id" :data-field="at" type="text" inputmode="numeric" autocomplete="off" :readonly="locked" :value="year" :aria-describedby="describedBy"
            :aria-invalid="error ? 'true' : undefined" @input="write(month, $event.target.value)"></div>
      </div>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </fieldset>`,
  computed: {
    months: () => "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
    month() {
      return /-(\d\d)$/.exec(this.value || "")?.[1] || "";
    },
    year() {
      return (this.value || "").replace(/-\d\d$/, "");
    },
  },
  methods: {
    write(month, year) {
      this.form.edit(this.at, year.trim() + (month ? "-" + month : ""));
    },
  },
};
