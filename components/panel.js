// A native dialog: Escape, the button and a click beside it close it; the browser gives the focus back.
let serial = 0;

export default {
  template: `
    <dialog class="panel" :aria-labelledby="id" @close="$emit('closed')" @click.self="close">
      <div class="panel-inner">
        <div class="panel-head"><h2 :id="id" ref="title" tabindex="-1">{{ title }}</h2><button type="button" class="btn btn-small" @click="close">Fermer</button></div>
        <slot></slot>
      </div>
    </dialog>`,
  props: { title: String },
  emits: ["closed"],
  data: () => ({ id: `panel-${++serial}` }),
  methods: {
    show() {
      if (!this.$el.open) this.$el.showModal();
      this.$refs.title.focus();
    },
    close() {
      this.$el.close();
    },
  },
};
