// The bar of the editor: whose house this is, the fiche, what is saved, the way to the committee.
import { cut, status } from "cp-guided/status.js";

export default {
  template: `
    <header class="editor-bar">
      <a href="/ecrire" class="editor-home">C’est possible ! <span class="editor-back">Mes fiches</span></a>
      <h1 class="editor-title" :class="{ 'is-blank': !title }">{{ title || 'Nouvelle fiche' }}</h1>
      <p class="editor-status" aria-hidden="true" :class="['is-' + shown, { 'is-blank': !at }]">{{ sentence }}</p>
      <p class="visually-hidden" role="status">{{ announced }}</p>
      <a v-if="history" class="editor-history" :href="history">Historique</a>
      <button v-if="writable && mayPropose" type="button" class="btn btn-primary editor-propose" aria-label="Proposer au comité" @click="$emit('propose')"><span>Proposer<span class="editor-propose-rest"> au comité</span></span></button>
    </header>`,
  props: { title: String, state: String, at: String, writable: Boolean, mayPropose: Boolean, history: String },
  emits: ["propose"],
  data: () => ({ announced: "", status, timer: null }),
  watch: {
    // Eyes see each pause; ears hear what matters: what lasts longer than a hiccup, and "Enregistré" once a minute.
    sentence(text) {
      clearTimeout(this.timer);
      if (this.shown !== "saving") this.timer = setTimeout(() => (this.announced = text), this.shown === "saved" ? 0 : 1500);
    },
  },
  computed: {
    // The server's word counts only when nothing waits here: what is typed is not saved before it is stored.
    shown() {
      if (this.state === "locked") return "locked";
      if (status.ended) return "ended";
      if (cut()) return "offline";
      if (this.state === "failed") return "failed";
      return status.waiting || this.state === "saving" ? "saving" : "saved";
    },
    sentence() {
      switch (this.shown) {
        case "locked":
          return "Lecture seule";
        case "ended":
          return status.kept ? "Session terminée : vos textes sont gardés sur cet appareil" : "Session terminée : copiez vos textes avant de fermer cette page";
        case "offline":
          return status.kept ? "Hors connexion : vos textes sont gardés sur cet appareil" : "Hors connexion : ne fermez pas cette page, vos textes ne sont gardés qu’ici";
        case "failed":
          return "Pas encore enregistré : nouvel essai dans un instant";
        case "saving":
          return "Enregistrement…";
      }
      const [but, count] = status.refused ? ["sauf ", status.refused] : ["", status.wrong];
      const fix = count ? `, ${but}${count > 1 ? `${count} cases` : "une case"} à corriger` : "";
      if (!this.at) return "Rien à enregistrer pour l’instant";
      const at = new Date(this.at);
      const now = new Date();
      const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
      if (at.toDateString() !== now.toDateString()) return "Enregistré le " + at.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year }) + fix;
      return "Enregistré à " + at.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }) + fix;
    },
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
};
