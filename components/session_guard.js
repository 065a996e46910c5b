// Whether the person is still logged in: asked when the page comes back into view, when the line comes back, and now
// and then. The words wait on this device; logging in again brings one back to the same box.
import { status, watchLine } from "cp-guided/status.js";

const EVERY = 180_000; // milliseconds

export default {
  template: `
    <section v-if="status.ended" class="session-ended" aria-label="Session terminée">
      <p role="alert"><strong>Votre session est terminée.</strong> Reconnectez-vous : vos textes vous attendent.</p>
      <a class="btn btn-primary" :href="login">Me reconnecter</a>
    </section>`,
  props: { account: Number },
  emits: ["end"],
  data: () => ({ status, login: "/connexion" }),
  mounted() {
    this.seen = () => document.visibilityState === "visible" && this.ask();
    document.addEventListener("visibilitychange", this.seen);
    window.addEventListener("focus", this.seen);
    this.timer = setInterval(this.seen, EVERY);
    let first = true;
    watchLine(() => (first ? (first = false) : this.ask()));
  },
  beforeUnmount() {
    document.removeEventListener("visibilitychange", this.seen);
    window.removeEventListener("focus", this.seen);
    clearInterval(this.timer);
  },
  methods: {
    async ask() {
      if (this.asking) return;
      this.asking = true;
      try {
        const answer = await fetch("/compte/etat", { cache: "no-store" });
        if (!answer.ok) return;
        const { account } = await answer.json();
        if (account !== this.account) this.end();
        else if (status.ended) location.reload(); // logged in again in another tab: the page takes its words up
      } catch {
        // No line: nothing is known.
      } finally {
        this.asking = false;
      }
    },
    end() {
      this.login = "/connexion?suite=" + encodeURIComponent(location.pathname + location.search);
      if (status.ended) return;
      status.ended = true;
      this.$emit("end");
    },
  },
};
