// The timer of a workshop. It survives a reload, goes on alone, and at zero it waits: a person moves on.
const place = document.getElementById("minuteur");
const { Countdown, MINUTE, announce, digits, minutes } = await import(new URL(place.dataset.countdown, location.href));
const at = (id) => document.getElementById(id);
const rows = JSON.parse(place.dataset.parts);
const KEY = `cestpossible:minuteur:mur:${new URLSearchParams(location.search).get("format") || "seul"}`;
const clock = new Countdown(rows);
const lines = [...document.querySelectorAll(".wall-parts li")];

try {
  const state = JSON.parse(localStorage.getItem(KEY));
  if (state && Date.now() - state.seen < 12 * 60 * MINUTE) clock.unpack(state);
} catch {
  // a new start
}

const keep = () => {
  try {
    localStorage.setItem(KEY, JSON.stringify(clock.pack()));
  } catch {
    // private browsing: it lasts as long as the page
  }
};
const say = (sentence) => (at("annonce").textContent = sentence);

function show() {
  const row = rows[clock.index];
  const total = Math.ceil(clock.total() / MINUTE);
  const texts = {
    partie: row.title,
    chiffres: digits(clock.remaining()),
    consigne: clock.over ? "Prenez le temps qu’il faut, ou passez à la suite." : row.prompt,
    lancer: clock.going ? "Pause" : "Démarrer",
    ensemble: `Partie ${clock.index + 1} sur ${rows.length} · encore ${total}\u00a0min en tout` + (rows[clock.index + 1] ? ` · ensuite\u00a0: ${rows[clock.index + 1].title}` : ""),
  };
  for (const [id, text] of Object.entries(texts)) if (at(id).textContent !== text) at(id).textContent = text;
  document.querySelector(".wall-now").classList.toggle("is-paused", !clock.going);
  lines.forEach((line, number) => line.classList.toggle("is-now", number === clock.index));
  at("avant").disabled = clock.index === 0;
  at("suite").disabled = clock.index === rows.length - 1;
}

const act = (id, action) =>
  at(id).addEventListener("click", () => {
    action();
    show();
    keep();
  });
act("lancer", () => {
  if (clock.going) clock.pause();
  else clock.start();
  say(clock.going ? `Minuteur lancé\u00a0: ${minutes(clock.remaining())}.` : "Minuteur en pause.");
});
act("rallonger", () => {
  clock.extend();
  say(`Deux minutes de plus\u00a0: il reste ${minutes(clock.remaining())}.`);
});
const move = (step) => {
  clock.go(rows[clock.index + step].key);
  say(`${rows[clock.index].title}\u00a0: ${minutes(clock.remaining())}.`);
};
act("suite", () => move(1));
act("avant", () => move(-1));
if (document.fullscreenEnabled) act("plein", () => (document.fullscreenElement ? document.exitFullscreen() : document.querySelector(".wall-now").requestFullscreen()));
else at("plein").remove();
document.addEventListener("fullscreenchange", () => (at("plein").textContent = document.fullscreenElement ? "Quitter le plein écran" : "Plein écran"));

let kept = 0;
setInterval(() => {
  const moment = clock.tick();
  if (moment) say(announce(moment, clock));
  show();
  if (Date.now() - kept > 5000) keep((kept = Date.now()));
}, 250);
window.addEventListener("pagehide", keep);
show();
