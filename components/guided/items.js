// A list of things of the same kind: add, remove (and change one's mind), move up and down.
import { FieldFoot, fieldBase } from "cp-guided/base.js";
import { clone, followed } from "cp-guided/paths.js";

let serial = 0;

// How to give the focus and the caret back to the box that has them: the browser takes them when an item moves in the page.
function heldBox(list) {
  const box = document.activeElement;
  if (!list?.contains(box)) return null;
  const [start, end] = [box.selectionStart, box.selectionEnd];
  return () => {
    if (document.activeElement === box || !box.isConnected) return;
    box.focus({ preventScroll: true });
    if (typeof start === "number") box.setSelectionRange(start, end);
  };
}

// Shared with the photos: moving and removing items keeps focus and leaves a way back.
export const listBase = {
  data: () => ({ keys: [], removed: null, news: "" }),
  computed: {
    list() {
      return this.value || [];
    },
    full() {
      return this.list.length >= this.field.limit;
    },
  },
  watch: {
    // Keys say which item is which: the focus, the caret and what is open stay with an item that others moved.
    list: {
      immediate: true,
      handler(list, before) {
        if (!this.own) this.follow(before || [], list);
        this.own = false;
      },
    },
  },
  methods: {
    follow(before, list) {
      const pairs = followed(before, list);
      const held = heldBox(this.$el);
      this.keys = list.map((_, index) => (pairs.has(index) ? this.keys[pairs.get(index)] : ++serial));
      if (held) this.$nextTick(() => {
        held();
        this.form.moveTo?.(document.activeElement); // the same box may have another place
      });
    },
    // A gesture of one's own: `keys` are those of the items of `list`. The way back stays until the next one.
    put(list, keys, removed = null) {
      if (this.closed) return;
      this.own = true;
      this.keys = keys;
      this.removed = removed;
      this.form.edit(this.at, list);
    },
    remove(index) {
      const list = clone(this.list);
      const [item] = list.splice(index, 1);
      const keys = [...this.keys];
      const [key] = keys.splice(index, 1);
      const text = `${this.itemName(index)} : ${this.field.gone}.`;
      this.put(list, keys, { index, item, key, text });
      this.news = text;
      this.$nextTick(() => this.$refs.undo?.focus());
    },
    undo() {
      const { index, item, key } = this.removed;
      const list = clone(this.list);
      list.splice(index, 0, item);
      this.put(list, [...this.keys.slice(0, index), key, ...this.keys.slice(index)]);
      this.news = `${this.itemName(index)} : de retour.`;
      this.$nextTick(() => this.focusItem(index));
    },
    move(index, by) {
      const list = clone(this.list);
      const keys = [...this.keys];
      const target = index + by;
      [list[index], list[target]] = [list[target], list[index]];
      [keys[index], keys[target]] = [keys[target], keys[index]];
      this.put(list, keys);
      this.news = `Maintenant en position ${target + 1} sur ${list.length}.`;
      this.$nextTick(() => {
        const item = this.itemAt(target);
        const button = item.querySelector(by < 0 ? "[data-move=up]" : "[data-move=down]");
        (button.disabled ? item.querySelector("[data-move]:not(:disabled)") : button)?.focus();
      });
    },
    itemName(index) {
      return `${this.field.item} ${index + 1}`;
    },
    focusItem(index) {
      this.itemAt(index)?.querySelector("input, textarea, select")?.focus();
    },
    // Not `$refs`: Vue does not keep their order when items move.
    itemAt(index) {
      return this.$el.querySelectorAll(":scope > .item-list > .item")[index];
    },
  },
};

export const ItemTools = {
  props: { index: Number, count: Number, name: String },
  emits: ["move", "remove"],
  inject: ["form"],
  computed: {
    closed() {
      return this.form.writable === false;
    },
  },
  template: `
    <p class="tools">
      <button type="button" class="tool" data-move="up" :disabled="closed || index === 0" @click="$emit('move', -1)">
        <span aria-hidden="true">↑</span> Monter<span class="visually-hidden"> : {{ name }}</span></button>
      <button type="button" class="tool" data-move="down" :disabled="closed || index === count - 1" @click="$emit('move', 1)">
        <span aria-hidden="true">↓</span> Descendre<span class="visually-hidden"> : {{ name }}</span></button>
      <button type="button" class="tool tool-remove" :disabled="closed" @click="$emit('remove')">
        <span aria-hidden="true">×</span> Retirer<span class="visually-hidden"> : {{ name }}</span></button>
    </p>`,
};

export const ItemsField = {
  mixins: [fieldBase, listBase],
  components: { FieldFoot, ItemTools },
  template: `
    <fieldset class="field items" :class="{ 'is-invalid': error }" :data-field="at">
      <legend>{{ name }}</legend>
      <p v-if="field.hint" :id="id + '-hint'" class="hint">{{ field.hint }}</p>
      <ol class="item-list">
        <li v-for="(item, index) in list" :key="keys[index]" class="item">
          <component :is="field.fields ? 'fieldset' : 'div'" class="item-body">
            <legend v-if="field.fields">{{ itemName(index) }}</legend>
            <template v-if="field.fields">
              <component v-for="sub in field.fields" :key="sub.path" :is="form.kind(sub)" :field="sub" :path="at + '.' + index + '.' + sub.path"></component>
            </template>
            <component v-else :is="form.kind(field.each)" :field="field.each" :path="at + '.' + index" :label="itemName(index)"></component>
          </component>
          <item-tools :index="index" :count="list.length" :name="itemName(index)" @move="move(index, $event)" @remove="remove(index)"></item-tools>
        </li>
      </ol>
      <p v-if="removed" class="undo"><span>{{ removed.text }}</span> <button type="button" ref="undo" class="btn btn-small" @click="undo">Annuler</button></p>
      <p class="visually-hidden" role="status">{{ news }}</p>
      <button v-if="!full" type="button" class="add" :disabled="closed" @click="add"><span aria-hidden="true">+</span> {{ field.add }}</button>
      <p v-else class="hint">{{ field.full }}</p>
      <field-foot :field="field" :at="at" :id="id" :text="''"></field-foot>
    </fieldset>`,
  methods: {
    add() {
      this.put([...clone(this.list), clone(this.field.blank)], [...this.keys, ++serial]);
      this.$nextTick(() => this.focusItem(this.list.length - 1));
    },
  },
};
