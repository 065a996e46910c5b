// Who else writes this fiche, and where. Eyes see each move; ears hear who comes and who goes.
const initials = (name) => name.split(/[\s-]+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");
const together = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} et ${names.at(-1)}` : names[0]);

export default {
  template: `
    <section class="company" aria-label="Qui écrit cette fiche">
      <ul v-if="mates.length" class="mates">
        <li v-for="(mate, index) in mates" :key="index" class="mate" :class="{ 'is-typing': mate.typing }">
          <span class="mate-badge" aria-hidden="true">{{ initials(mate.name) }}</span>
          <span><strong>{{ mate.name }}</strong> {{ doing(mate) }}</span>
        </li>
      </ul>
      <p class="visually-hidden" role="status">{{ announced }}</p>
      <div class="company-doors">
        <button type="button" class="door" @click="$emit('company')">Écrire à plusieurs</button>
        <button v-if="helps" type="button" class="door" @click="$emit('help')">Demander de l’aide</button>
      </div>
    </section>`,
  props: { mates: Array, helps: Boolean },
  emits: ["company", "help"],
  data: () => ({ announced: "" }),
  watch: {
    mates(now, before) {
      const names = (mates) => mates.map((mate) => mate.name);
      const come = names(now).filter((name) => !names(before).includes(name));
      const gone = names(before).filter((name) => !names(now).includes(name));
      if (come.length) this.announced = `${together(come)} ${come.length > 1 ? "sont" : "est"} sur cette fiche avec vous.`;
      else if (gone.length) this.announced = `${together(gone)} ${gone.length > 1 ? "ne sont" : "n’est"} plus sur cette fiche.`;
    },
  },
  methods: {
    initials,
    doing(mate) {
      if (!mate.place) return "est là";
      return mate.typing ? `écrit dans «\u00a0${mate.place}\u00a0»` : `est dans «\u00a0${mate.place}\u00a0»`;
    },
  },
};
