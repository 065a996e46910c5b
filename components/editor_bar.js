// The bar of the editor: whose house this is, the fiche, what is saved, the way to the committee.
export default {
  template: `
    <header class="editor-bar">
      <a href="/ecrire" class="editor-home">C’est possible ! <span class="editor-back">Mes fiches</span></a>
      <h1 class="editor-title" :class="{ 'is-blank': !title }">{{ title || 'Nouvelle fiche' }}</h1>
      <p class="editor-status" aria-hidden="true" :class="['is-' + (offline ? 'offline' : state), { 'is-blank': !at }]">{{ sentence }}</p>
      <p class="visually-hidden" role="status">{{ announced }}</p>
      <a v-if="history" class="editor-history" :href="history">Historique</a>
      <button v-if="writable" type="button" class="btn btn-primary editor-propose" @click="$emit('propose')">Proposer au comité</button>
    </header>`,
  props: { title: String, state: String, at: String, writable: Boolean, history: String },
  emits: ["propose"],
  data: () => ({ offline: false, announced: "" }),
  watch: {
    // Eyes see each pause; ears hear what matters, once a minute at most.
    sentence(text) {
      if (this.offline || this.state !== "saving") this.announced = text;
    },
  },
  computed: {
    sentence() {
      if (this.offline) return "Hors connexion : ce que vous écrivez reste sur cet appareil et partira au retour.";
      if (this.state === "locked") return "Lecture seule";
      if (this.state === "saving") return "Enregistrement…";
      if (this.state === "failed") return "Pas encore enregistré : nouvel essai dans un instant.";
      if (!this.at) return "Rien à enregistrer pour l’instant";
      const at = new Date(this.at);
      if (at.toDateString() !== new Date().toDateString()) return "Enregistré le " + at.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
      return "Enregistré à " + at.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    },
  },
  mounted() {
    const listen = () => {
      if (!window.socket) return setTimeout(listen, 50);
      window.socket.on("disconnect", () => (this.offline = true));
      window.socket.on("connect", () => (this.offline = false));
    };
    listen();
  },
};
