// A sitting: parts that follow one another, each with its time. One part counts down at a time; nothing ever closes.
// Used by the editor and by the timer that is projected in workshops. Times in milliseconds.
export const MINUTE = 60_000;

export class Countdown {
  // parts: [{ key, title, minutes }]
  constructor(parts) {
    this.parts = parts;
    this.given = Object.fromEntries(parts.map((part) => [part.key, part.minutes * MINUTE]));
    this.left = { ...this.given };
    this.said = {}; // by part, the moments already told: "half", "minute", "end"
    this.at = parts[0].key;
    this.going = false; // what the person wants; a part at zero is not paused
    this.deadline = null;
    this.now = Date.now();
  }

  get index() {
    return this.parts.findIndex((part) => part.key === this.at);
  }
  get part() {
    return this.parts[this.index];
  }
  get over() {
    return this.remaining() === 0;
  }

  remaining(key = this.at) {
    return key === this.at && this.deadline !== null ? Math.max(0, this.deadline - this.now) : this.left[key];
  }
  // What is left of the whole: this part and those after it.
  total() {
    return this.parts.slice(this.index).reduce((sum, part) => sum + this.remaining(part.key), 0);
  }
  // How much of a part is used, from 0 to 1: parts before the present one are done.
  used(key) {
    const place = this.parts.findIndex((part) => part.key === key);
    if (place !== this.index) return place < this.index ? 1 : 0;
    return 1 - Math.min(1, this.remaining() / this.given[key]);
  }

  start() {
    this.now = Date.now();
    this.going = true;
    this.deadline = this.now + this.left[this.at];
  }
  pause() {
    this.bank();
    this.going = false;
  }
  extend(time = 2 * MINUTE) {
    this.bank();
    this.left[this.at] += time;
    this.given[this.at] = Math.max(this.given[this.at], this.left[this.at]);
    this.said[this.at] = { half: true }; // the last minute and the end will be told again
    if (this.going) this.start();
  }
  go(key) {
    if (key === this.at || !(key in this.left)) return false;
    this.bank();
    this.at = key;
    if (this.going) this.start();
    return true;
  }
  bank() {
    this.now = Date.now();
    this.left[this.at] = this.remaining();
    this.deadline = null;
  }

  // Let time pass; return what there is to tell: "half", "minute", "end" or "".
  tick() {
    this.now = Date.now();
    if (this.deadline === null) return "";
    const left = this.remaining();
    const said = (this.said[this.at] ??= {});
    const tell = (moment) => {
      if (said[moment]) return "";
      Object.assign(said, { half: true, [moment]: true });
      return moment;
    };
    if (left === 0) {
      this.bank();
      said.minute = true;
      return tell("end");
    }
    if (left <= MINUTE && this.given[this.at] > 1.5 * MINUTE) return tell("minute");
    if (left <= this.given[this.at] / 2 && left > 1.5 * MINUTE) return tell("half");
    return "";
  }

  pack() {
    const { given, left, said, at, going, deadline } = this;
    return { given, left, said, at, going, deadline, seen: Date.now() };
  }
  // Take up what an earlier page left. After a short absence (a reload) the clock has gone on; after a long one it waited.
  unpack(state, patience = 2 * MINUTE) {
    this.now = Date.now();
    for (const part of this.parts) {
      this.given[part.key] = state.given?.[part.key] ?? this.given[part.key];
      this.left[part.key] = state.left?.[part.key] ?? this.left[part.key];
    }
    this.said = state.said ?? {};
    if (state.at in this.left) this.at = state.at;
    const away = this.now - state.seen;
    if (state.deadline && away > patience) this.left[this.at] = Math.max(0, state.deadline - state.seen);
    else if (state.deadline) this.deadline = state.deadline;
    this.going = Boolean(state.going) && !(state.deadline && away > patience);
    return Boolean(state.deadline) && away > patience;
  }
}

export const digits = (time) => {
  const seconds = Math.ceil(time / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

// "8 minutes", "une minute": as people say it.
export const minutes = (time) => {
  const count = Math.max(1, Math.round(time / MINUTE));
  return count === 1 ? "une minute" : `${count}\u00a0minutes`;
};

// What is said when a moment comes: the start, the half, the last minute, the end. Never the seconds.
export function announce(moment, countdown) {
  const time = minutes(countdown.remaining());
  if (moment === "half") return `La moitié du temps est passée. Il reste ${time}.`;
  if (moment === "minute") return "Il reste une minute pour cette partie.";
  if (moment === "end") return "Prenez le temps qu’il faut, ou passez à la suite.";
  return "";
}
