// Before the committee: what is missing, what could be better, then the last word; afterwards, what happens next.
export default {
  template: `
    <section class="step proposal" aria-labelledby="proposal-title">
      <template v-if="sent">
        <p class="eyebrow">C’est parti</p>
        <h2 id="proposal-title" ref="title" tabindex="-1">Merci ! Votre fiche est entre les mains du comité</h2>
        <p class="consigne">Deux membres du comité vont la lire, dont un qui ne connaît pas votre fédération. Vous aurez leur réponse <strong>sous quinze jours</strong>, par courriel, à {{ email }}.</p>
        <ol class="what-next">
          <li><strong>Deux lectures.</strong> Chaque membre lit votre fiche telle qu’elle paraîtra, et donne son avis.</li>
          <li><strong>Une réponse.</strong> La fiche est publiée, ou le comité vous demande une précision, à l’étape concernée.</li>
          <li><strong>La publication.</strong> Elle rejoint la galerie et la carte, avec son PDF à imprimer.</li>
        </ol>
        <p class="actions"><a class="btn btn-primary" href="/ecrire">Revenir à mes fiches</a><a class="btn" href="/fiches">Lire d’autres fiches</a></p>
      </template>
      <template v-else>
        <p class="eyebrow">Dernière étape</p>
        <h2 id="proposal-title" ref="title" tabindex="-1">{{ blocking.length ? 'Il manque encore quelque chose' : 'Votre fiche est prête' }}</h2>
        <template v-if="blocking.length">
          <p class="consigne">{{ blocking.length > 1 ? blocking.length + ' points sont à compléter' : 'Un point est à compléter' }} avant de proposer la fiche. Choisissez-en un : vous arrivez à sa case.</p>
          <ul class="findings findings-blocking" aria-label="À compléter">
            <li v-for="finding in blocking" :key="finding.path + finding.message"><button type="button" @click="$emit('mend', finding)"><span class="finding-label">{{ finding.label }}</span> <span class="finding-text">{{ finding.message }}</span> <span class="finding-step">Étape {{ finding.number }} · {{ finding.step_title }}</span></button></li>
          </ul>
        </template>
        <p v-else-if="!mayPropose" class="consigne">Rien ne manque. L’équipe du centre a le dernier mot\u00a0: c’est elle qui propose la fiche au comité.</p>
        <p v-else class="consigne">Rien ne manque. Relisez-la une fois à côté, à voix haute si vous pouvez, puis proposez-la\u00a0: deux membres du comité la liront et vous répondront sous quinze jours.</p>
        <template v-if="advised.length">
          <h3>À revoir si vous pouvez</h3>
          <p class="hint">Rien de tout cela n’empêche de proposer la fiche.</p>
          <ul class="findings" aria-label="À revoir si vous pouvez">
            <li v-for="finding in advised" :key="finding.path + finding.message"><button type="button" @click="$emit('mend', finding)"><span class="finding-label">{{ finding.label }}</span> <span class="finding-text">{{ finding.message }}</span> <span class="finding-step">Étape {{ finding.number }} · {{ finding.step_title }}</span></button></li>
          </ul>
        </template>
        <template v-if="!blocking.length">
          <h3>En résumé</h3>
          <ul class="recap"><li v-for="[name, text] in recap" :key="name"><span class="recap-name">{{ name }}</span> <span>{{ text }}</span></li></ul>
          <p v-if="failure" class="notice notice-error" role="alert">{{ failure }}</p>
          <p class="actions"><button v-if="mayPropose" type="button" class="btn btn-primary" :disabled="busy" @click="confirm">Confirmer et proposer</button><button type="button" class="btn" @click="$emit('back')">Continuer à écrire</button></p>
        </template>
        <p v-else class="actions"><button type="button" class="btn" @click="$emit('back')">Continuer à écrire</button></p>
      </template>
    </section>`,
  props: { blocking: Array, advised: Array, recap: Array, email: String, mayPropose: Boolean, sent: Boolean, failure: String },
  emits: ["mend", "propose", "back"],
  data: () => ({ busy: false }),
  watch: {
    sent() {
      this.$nextTick(() => this.$refs.title.focus());
    },
    failure() {
      this.busy = false;
    },
  },
  mounted() {
    this.$el.closest(".pane-form")?.scrollTo(0, 0);
    this.$refs.title.focus();
  },
  methods: {
    confirm() {
      this.busy = true;
      setTimeout(() => (this.busy = false), 4000);
      this.$emit("propose");
    },
  },
};
