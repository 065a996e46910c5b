// Speed writing: a countdown that helps to move on and never closes anything. It can be paused, lengthened, stopped for
// this fiche, or switched off for good, on every device. What is left survives reloads and steps, one sitting a draft.
import { Countdown, MINUTE, announce, digits, minutes } from "cp-minuteur/countdown.js";

const KEY = "cestpossible:minuteur";
const KEEP = 12 * 60 * MINUTE; // a sitting left for longer is over

const read = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const write = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Private browsing: the timer lasts as long as the page.
  }
};

export class Sitting {
  // choices: [{ key, title, aloud, parts, then }], the ways to write; offered: whether the person wants the timer,
  // choose: keeps that choice with the account
  constructor(choices, draft, { offered, choose }) {
    this.choices = choices;
    this.choose = choose;
    this.draft = draft;
    this.on = false;
    this.never = !offered; // switched off for good
    this.choice = null;
    this.clock = null;
    this.said = "";
    this.timer = null;
    this.written = 0;
  }

  // ---- life of the page
  open(step) {
    const query = new URLSearchParams(location.search);
    const wanted = query.get("seance");
    if (wanted) {
      query.delete("seance");
      history.replaceState(history.state, "", `${location.pathname}?${query}`);
      return this.start(step, wanted);
    }
    if (this.never) return;
    const state = this.found();
    if (!state || Date.now() - state.seen > KEEP || !this.prepare(state.format)) return this.forget();
    const waited = this.clock.unpack(state);
    this.clock.go(step);
    this.on = true;
    if (waited) this.said = `Le minuteur vous a attendu\u00a0: il reste ${minutes(this.clock.remaining())} pour cette étape.`;
    this.count();
  }
  found() {
    try {
      return JSON.parse(read(`${KEY}:${this.draft}`));
    } catch {
      return null;
    }
  }
  close() {
    this.keep();
    clearInterval(this.timer);
  }
  rename(draft) {
    if (this.on) write(`${KEY}:${this.draft}`, null);
    this.draft = draft;
    this.keep();
  }
  prepare(format) {
    this.choice = this.choices.find((each) => each.key === format) || null;
    if (!this.choice) return false;
    const more = this.choice.then.reduce((sum, each) => sum + each.minutes, 0);
    const parts = this.choice.parts.map((part, place, all) => (place === all.length - 1 ? { ...part, minutes: part.minutes + more } : part));
    this.clock = new Countdown(parts);
    return true;
  }
  count() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), 250);
    this.keep();
  }
  tick() {
    const moment = this.clock.tick();
    if (moment) this.said = announce(moment, this.clock);
    if (moment || Date.now() - this.written > 5000) this.keep();
  }
  keep() {
    if (!this.on) return;
    this.written = Date.now();
    write(`${KEY}:${this.draft}`, JSON.stringify({ ...this.clock.pack(), format: this.choice.key }));
  }
  forget() {
    write(`${KEY}:${this.draft}`, null);
  }

  // ---- what the person does
  start(step, format = "seul") {
    if (!this.prepare(format)) return;
    this.allow();
    this.clock.go(step);
    this.clock.start();
    this.on = true;
    this.said = `Minuteur lancé\u00a0: ${minutes(this.clock.remaining())} pour «\u00a0${this.clock.part.title}\u00a0».`;
    this.count();
  }
  toggle() {
    if (this.clock.over) return;
    if (this.clock.going) this.clock.pause();
    else this.clock.start();
    this.said = this.clock.going ? `Le minuteur reprend\u00a0: il reste ${minutes(this.clock.remaining())}.` : "Minuteur en pause.";
    this.keep();
  }
  extend() {
    this.clock.extend();
    this.said = `Deux minutes de plus\u00a0: il reste ${minutes(this.clock.remaining())}.`;
    this.keep();
  }
  go(step) {
    if (!this.on || !this.clock.go(step)) return;
    const time = minutes(this.clock.remaining());
    this.said = this.clock.over ? announce("end", this.clock) : this.clock.going ? `${time} pour cette étape.` : "";
    this.keep();
  }
  rest() {
    if (!this.on || !this.clock.going) return;
    this.clock.pause();
    this.keep();
  }
  stop() {
    clearInterval(this.timer);
    this.on = false;
    this.said = "Minuteur arrêté. Vos textes sont là.";
    this.forget();
  }
  switchOff() {
    if (this.on) this.stop();
    this.never = true;
    this.said = "Le minuteur ne vous sera plus proposé.";
    this.choose(false);
  }
  allow() {
    if (this.never) this.choose(true);
    this.never = false;
  }
}

// Before: the prompt, the button that starts, the way to the other ways to write, the refusal.
export const SpeedStart = {
  props: { step: Object },
  inject: ["form"],
  template: `
    <div class="speed-start">
      <p>{{ step.speed }}</p>
      <template v-if="form.writable && !form.sitting.never">
        <p class="actions"><button type="button" class="btn btn-secondary btn-small" @click="start">Lancer le minuteur\u00a0: {{ step.minutes }}\u00a0min</button></p>
        <p><a :href="other" @click="form.rest()">Écrire toute la fiche en une séance, seul, à deux ou en atelier</a></p>
        <p><button type="button" class="speed-link" @click="off">Ne plus me proposer le minuteur</button></p>
      </template>
      <p v-else-if="form.writable"><span class="hint">Vous avez éteint le minuteur. </span><button ref="again" type="button" class="speed-link" @click="form.sitting.allow()">Le proposer à nouveau</button></p>
    </div>`,
  computed: {
    other() {
      const query = new URLSearchParams(location.search);
      query.set("etape", this.step.key);
      if (this.form.revisionId) query.set("fiche", this.form.revisionId);
      return `/ecrire/en-une-heure?${query}`;
    },
  },
  methods: {
    start() {
      this.form.sitting.start(this.step.key);
      this.$nextTick(() => document.getElementById("speed-pause")?.focus());
    },
    off() {
      this.form.sitting.switchOff();
      this.$nextTick(() => this.$refs.again?.focus());
    },
  },
};

// During: the time left for this step and in all, always in view, never in the way.
export const SpeedStrip = {
  props: { step: Object },
  inject: ["form"],
  data: () => ({ asking: false }),
  template: `
    <div class="speed-place" :class="{ 'is-on': sitting.on }">
      <section v-if="sitting.on" class="speed" :class="{ 'is-over': clock.over, 'is-paused': !clock.going }" aria-label="Écriture rapide">
        <div class="speed-row">
          <p class="speed-clock" role="timer"><span class="speed-digits">{{ left }}</span> <span class="speed-what">{{ clock.over ? 'Prenez le temps qu’il faut, ou passez à la suite.' : clock.going ? 'pour cette étape' : 'en pause' }}</span></p>
          <p class="speed-tools">
            <button id="speed-pause" type="button" class="btn btn-small" :aria-disabled="clock.over ? 'true' : undefined" @click="sitting.toggle()">{{ clock.going ? 'Pause' : 'Reprendre' }}</button>
            <button type="button" class="btn btn-small" @click="sitting.extend()"><span aria-hidden="true">+2\u00a0min</span><span class="visually-hidden">Ajouter deux minutes</span></button>
            <button ref="stop" type="button" class="btn btn-small btn-quiet" :aria-expanded="asking ? 'true' : 'false'" aria-controls="speed-stop" @click="asking = !asking">Arrêter…</button>
          </p>
        </div>
        <div class="speed-whole">
          <span class="speed-bar" aria-hidden="true"><span v-for="part in clock.parts" :key="part.key" :style="{ flexGrow: part.minutes }"><i :style="{ width: 100 * clock.used(part.key) + '%' }"></i></span></span>
          <span>Étape {{ step.number }} sur {{ step.count }} · {{ whole }}</span>
        </div>
        <div v-show="asking" id="speed-stop" class="speed-stop">
          <button type="button" class="btn btn-small" @click="leave('stop')">Arrêter pour cette fiche</button>
          <button type="button" class="btn btn-small" @click="leave('switchOff')">Ne plus me proposer le minuteur</button>
          <button type="button" class="btn btn-small btn-quiet" @click="stay">Le garder</button>
        </div>
      </section>
      <p class="visually-hidden" role="status">{{ sitting.said }}</p>
    </div>`,
  computed: {
    sitting() {
      return this.form.sitting;
    },
    clock() {
      return this.sitting.clock;
    },
    left() {
      return digits(this.clock.remaining());
    },
    whole() {
      const count = Math.ceil(this.clock.total() / MINUTE);
      return count ? `encore ${count}\u00a0min en tout` : "le temps prévu est passé, rien ne presse";
    },
  },
  methods: {
    stay() {
      this.asking = false;
      this.$refs.stop.focus();
    },
    leave(how) {
      this.asking = false;
      this.sitting[how]();
      this.$nextTick(() => (this.$el.closest(".step").querySelector(".helps .help:last-child > summary") || this.form.$refs.title).focus());
    },
  },
};

// During: what to do now, under the consigne; in pairs, the questions to ask.
export const SpeedPrompt = {
  props: { step: Object },
  inject: ["form"],
  template: `
    <div v-if="form.sitting.on" class="speed-prompt">
      <p class="speed-prompt-title">Écriture rapide</p>
      <template v-if="choice.aloud && step.aloud.length">
        <p>Posez ces questions à voix haute, et notez les réponses mot pour mot\u00a0:</p>
        <ul><li v-for="question in step.aloud" :key="question">{{ question }}</li></ul>
      </template>
      <p v-else>{{ step.speed }}</p>
      <p v-for="each in last" :key="each.title">Ensuite\u00a0: {{ each.title.toLowerCase() }} ({{ each.minutes }}\u00a0min).</p>
    </div>`,
  computed: {
    choice() {
      return this.form.sitting.choice;
    },
    last() {
      return this.step.number === this.step.count ? this.choice.then : [];
    },
  },
};
