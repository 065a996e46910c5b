// What was typed and is not yet known to be in the database.
// Each entry stays, in memory and on the shelf of the browser, until the server says that it is saved: a lost
// connection, a reload or a crash of the server loses nothing.
import { clone, mark, same } from "cp-guided/paths.js";
import { count, reachable, status } from "cp-guided/status.js";

const MOST = 350_000; // bytes of one passage: a message of more than a million, with what it began from, cuts the line
const LOAD = 700_000; // characters of one message
const AGAIN = 5000; // milliseconds without an answer before a passage is sent once more

const weight = (value) => {
  const text = JSON.stringify(value);
  return text.length * 3 < MOST ? text.length : new TextEncoder().encode(text).length;
};

export class Ledger {
  // `place` says what is written beside the copy: { title, address }.
  constructor({ shelf, send, place, wait = 40 }) {
    this.shelf = shelf;
    this.send = send;
    this.place = place;
    this.wait = wait; // milliseconds between two messages while typing: the first leaves at once
    this.entries = new Map(); // path -> { value, base, seq, sent, refused, heavy, first, told }; sent: when, in milliseconds, or 0; told: the server knows from what it began; left: [[seq, mark of a value that was sent and may be what is stored], …]
    this.held = new Map(); // path -> other versions of the passage, until the person chooses
    this.seq = 0;
    this.timer = null;
    this.last = 0;
    this.storing = null;
    // The one moment to warn: unsaved words that this device could not keep.
    this.warn = (event) => !status.kept && this.entries.size && event.preventDefault();
    window.addEventListener("beforeunload", this.warn);
    this.watch = setInterval(() => this.insist(), AGAIN);
  }

  // Returns whether the passage can be sent: if not, it stays here until it is shorter.
  record(path, value, base) {
    const known = this.entries.get(path);
    const began = known ? { base: known.base, first: known.first, told: known.told, left: known.left } : { base: clone(base), first: this.seq + 1, told: false, left: [] };
    const heavy = weight(value) > MOST;
    this.entries.set(path, { value: clone(value), seq: ++this.seq, sent: 0, ...began, heavy, refused: heavy });
    this.tell();
    this.store();
    if (heavy) return false;
    this.soon();
    return true;
  }

  soon() {
    if (this.timer) return;
    const delay = Math.max(0, this.last + this.wait - performance.now());
    if (delay) this.timer = setTimeout(() => this.flush(), delay);
    else this.flush();
  }

  has(path) {
    return this.entries.has(path);
  }

  // Nothing leaves while the line is cut: the page keeps the last state of each passage, not every keystroke.
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (!reachable()) return;
    const edits = {};
    const befores = {};
    let load = 0;
    for (const [path, entry] of this.entries) {
      if (entry.sent || entry.heavy) continue;
      const size = JSON.stringify([entry.value, entry.told ? null : entry.base]).length;
      if (load && load + size > LOAD) {
        this.timer = setTimeout(() => this.flush(), this.wait);
        break;
      }
      load += size;
      entry.sent = performance.now();
      edits[path] = entry.value;
      if (!entry.told) befores[path] = [entry.base ?? null, entry.first];
      entry.told = true;
      entry.left.push([this.seq, mark(entry.value)]);
    }
    if (!Object.keys(edits).length) return;
    this.last = performance.now();
    this.send(edits, this.seq, befores);
    this.store();
  }

  resend() {
    for (const entry of this.entries.values()) entry.sent = entry.told = 0;
    this.flush();
  }

  // A message or its answer may have been lost without the line being cut.
  insist() {
    const late = performance.now() - AGAIN;
    for (const entry of this.entries.values()) if (!entry.refused && entry.sent < late) entry.sent = entry.told = 0;
    this.flush();
  }

  // Other versions of a passage, offered beside the box: kept until the person has chosen.
  hold(path, offers) {
    if (offers.length) this.held.set(path, clone(offers));
    else this.held.delete(path);
    this.store();
  }

  // Whether a save up to `seq` has this passage: it may still wait here.
  reached(entry, seq) {
    return entry.sent && entry.seq <= seq;
  }

  // Saved up to `seq`; `refused` holds what the server kept instead of values that it could not take.
  acknowledge(seq, refused) {
    for (const [path, entry] of this.entries) {
      if (!this.reached(entry, seq)) continue;
      if (path in refused) Object.assign(entry, { base: refused[path], refused: true });
      else this.entries.delete(path);
    }
    // What was sent before the last value that is stored can't be stored any more.
    for (const entry of this.entries.values()) entry.left = entry.left.filter((_, rank) => !(entry.left[rank + 1]?.[0] <= seq));
    this.tell(true);
    if (this.entries.size) this.store();
    else this.write();
  }

  rename(place) {
    const old = this.shelf.move(place);
    this.write();
    old();
  }

  tell(news = false) {
    const refused = [...this.entries.values()].filter((entry) => entry.refused).length;
    count(this.entries.size - refused, refused, news);
  }

  store() {
    this.storing ??= setTimeout(() => this.write(), 150);
  }

  write() {
    clearTimeout(this.storing);
    this.storing = null;
    const entries = [...this.entries].map(([path, { value, base, refused, left }]) => [path, { value, base, refused, sent: left.map(([, name]) => name) }]);
    for (const [path, offers] of this.held) for (const offer of offers) entries.push([path, { value: offer.value, offer }]);
    status.kept = this.shelf.write({ entries, ...this.place() });
    return status.kept;
  }

  // What earlier pages left: [{ key, entries: [[path, { value, base, refused, sent, offer }], …] }, …].
  async left() {
    const copies = await this.shelf.left();
    return copies.map(({ key, entries }) => ({ key, entries: entries.filter(([, entry]) => entry.offer || !same(entry.value, entry.base)) }));
  }

  close() {
    window.removeEventListener("beforeunload", this.warn);
    clearInterval(this.watch);
    this.flush();
    this.write();
  }
}
