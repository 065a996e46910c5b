// "Relire cette étape": what the checks found, each point leading to its passage. It speaks after a pause and takes no focus.

const plural = (count, word) => `${count}\u00a0${word}${count > 1 ? "s" : ""}`;

export const AdvicePanel = {
  props: { advice: Object },
  inject: ["form"],
  emits: ["ignore", "recall"],
  template: `
    <section v-if="advice && advice.begun" class="advice" aria-labelledby="advice-title">
      <div class="advice-head"><h3 id="advice-title" ref="title" tabindex="-1">Relire cette étape</h3><p v-if="advice.ease" class="advice-ease">{{ advice.ease }}</p></div>
      <p v-if="!items.length" class="advice-none">Rien à signaler. Lisez-la une fois à voix haute : l’oreille trouve ce que l’œil laisse passer.</p>
      <p v-else class="hint">{{ intro }}</p>
      <ul v-if="items.length" class="advice-list">
        <li v-for="(item, index) in items" :key="item.key + item.path" :data-about="item.path" :class="'is-' + item.level">
          <p class="advice-label">{{ place(item) }}<span v-if="item.level !== 'advice'" class="advice-level">{{ levels[item.level] }}</span></p>
          <p class="advice-text">{{ item.message }}</p>
          <p v-if="item.suggestion" class="advice-instead"><span v-if="item.words">Par exemple : </span>{{ item.suggestion }}</p>
          <p class="advice-actions">
            <button v-if="item.path" type="button" class="tool" :data-see="index" @click="see(item)">{{ seeing(item) }}<span class="visually-hidden"> : {{ item.label }}</span></button>
            <a v-if="item.link" class="tool" :href="item.link" target="_blank" rel="noopener">Voir l’autre fiche<span class="visually-hidden"> (dans un nouvel onglet)</span></a>
            <button v-if="item.level === 'advice'" type="button" class="tool tool-ignore" @click="ignore(item, index)">Ignorer<span class="visually-hidden"> ce conseil : {{ item.message }}</span></button>
          </p>
        </li>
      </ul>
      <details v-if="aside.length" class="advice-aside"><summary>{{ aside.length > 1 ? aside.length + '\u00a0conseils mis de côté' : 'Un conseil mis de côté' }}</summary>
        <ul><li v-for="item in aside" :key="item.key + item.path"><p><strong>{{ place(item) }}</strong> {{ item.message }}</p>
          <button type="button" class="tool" @click="recall(item)">Remettre<span class="visually-hidden"> ce conseil : {{ item.message }}</span></button></li></ul>
      </details>
      <p class="visually-hidden" role="status">{{ news }}</p>
    </section>`,
  data: () => ({ news: "", turn: {}, levels: { blocking: "à compléter", review: "à revoir" } }),
  computed: {
    items() {
      return this.advice.items;
    },
    aside() {
      return this.advice.aside;
    },
    intro() {
      const tips = this.items.filter((item) => item.level === "advice").length;
      return tips ? "Des idées pour être lu plus loin que le centre. Vous gardez le dernier mot." : "À mettre au net quand vous voulez : tout est déjà enregistré.";
    },
  },
  watch: {
    // Said once things have settled, and only when the number changes.
    "items.length"(count) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => (this.news = count ? `${plural(count, "point")} à relire dans cette étape` : "Plus rien à relire dans cette étape"), 2500);
    },
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    // "Étape 2, Ce qui s’est passé": labels repeat in lists, the position tells which.
    place(item) {
      const number = /\.(\d+)(\.|$)/.exec(item.path);
      return number ? `${item.label} (${Number(number[1]) + 1})` : item.label;
    },
    seeing(item) {
      if (!item.passages.length) return "Aller à la case";
      const turn = this.turn[item.key + item.path];
      return item.passages.length > 1 && turn !== undefined ? `Passage suivant (${(turn % item.passages.length) + 1} sur ${item.passages.length})` : "Voir dans le texte";
    },
    see(item) {
      const id = item.key + item.path;
      this.turn[id] = (this.turn[id] ?? -1) + 1;
      this.form.showPassage(item.path, item.passages, this.turn[id]);
    },
    ignore(item, index) {
      this.$emit("ignore", item.key);
      this.news = "Conseil mis de côté. Vous le retrouvez au bas de la liste.";
      this.advice.items = this.items.filter((each) => each !== item);
      this.advice.aside = [...this.aside, item];
      this.$nextTick(() => {
        const buttons = this.$el.querySelectorAll(".tool-ignore");
        (buttons[Math.min(index, buttons.length - 1)] || this.$refs.title)?.focus();
      });
    },
    recall(item) {
      this.$emit("recall", item.key);
      this.news = "Conseil remis dans la liste.";
      this.advice.aside = this.aside.filter((each) => each !== item);
      this.$nextTick(() => this.$refs.title?.focus());
    },
  },
};

// Python counts characters, JavaScript halves of them: an emoji is one there and two here.
const unit = (text, position) => [...text].slice(0, position).join("").length;

// Where a passage stands now: the text may have changed since it was read.
function found(text, { start, end, quote }) {
  const [first, last] = [unit(text, start), unit(text, end)];
  if (text.slice(first, last) === quote) return [first, last];
  const elsewhere = text.indexOf(quote);
  return elsewhere < 0 ? null : [elsewhere, elsewhere + quote.length];
}

// Select a passage of a text box, bring it into view, and mark every passage of the list behind the words.
export function reveal(box, passages, turn) {
  const ranges = passages.map((passage) => found(box.value, passage)).filter(Boolean);
  if (!ranges.length) return;
  if (box.type === "email" || box.type === "url") return box.select(); // these know no part of their text
  const [start, end] = ranges[turn % ranges.length];
  box.setSelectionRange(start, end);
  const marks = mark(box, ranges);
  const wanted = marks.children[turn % ranges.length];
  wanted.classList.add("is-here");
  box.scrollTop = wanted.offsetTop - box.clientHeight / 2;
  box.scrollLeft = wanted.offsetLeft - box.clientWidth / 2;
  marks.scrollTop = box.scrollTop;
  marks.scrollLeft = box.scrollLeft;
  wanted.scrollIntoView({ block: "center", inline: "nearest" });
}

const COPIED = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "letterSpacing", "wordSpacing", "lineHeight", "textIndent", "tabSize", "paddingTop", "paddingBottom", "paddingLeft", "borderTopWidth", "borderLeftWidth", "borderBottomWidth", "borderRightWidth"];

const LEAVING = ["input", "blur", "pointerdown", "keydown"];

// A sheet of the same shape over the box, with the passages coloured; it goes at the first gesture or when the box is left.
function mark(box, ranges) {
  const style = getComputedStyle(box);
  const sheet = document.createElement("div");
  sheet.className = "passages";
  sheet.setAttribute("aria-hidden", "true");
  for (const name of COPIED) sheet.style[name] = style[name];
  const bar = box.offsetWidth - box.clientWidth - parseFloat(style.borderLeftWidth) - parseFloat(style.borderRightWidth);
  sheet.style.paddingRight = `${parseFloat(style.paddingRight) + Math.max(0, bar)}px`;
  sheet.style.whiteSpace = box.tagName === "TEXTAREA" ? "pre-wrap" : "pre";
  Object.assign(sheet.style, { left: `${box.offsetLeft}px`, top: `${box.offsetTop}px`, width: `${box.offsetWidth}px`, height: `${box.offsetHeight}px` });
  let at = 0;
  for (const [start, end] of ranges) {
    const passage = document.createElement("mark");
    passage.textContent = box.value.slice(start, end);
    sheet.append(box.value.slice(at, start), passage);
    at = end;
  }
  sheet.append(box.value.slice(at) + "\u200b");
  box.after(sheet);
  box.classList.add("shows-passages");
  const follow = () => Object.assign(sheet, { scrollTop: box.scrollTop, scrollLeft: box.scrollLeft });
  const gone = () => {
    sheet.remove();
    box.classList.remove("shows-passages");
    box.removeEventListener("scroll", follow);
    for (const name of LEAVING) box.removeEventListener(name, gone);
    window.removeEventListener("resize", gone);
  };
  box.addEventListener("scroll", follow);
  for (const name of LEAVING) box.addEventListener(name, gone);
  window.addEventListener("resize", gone);
  return sheet;
}
