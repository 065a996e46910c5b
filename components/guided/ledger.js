// What was typed and is not yet known to be in the database.
// Each entry stays, in memory and in localStorage, until the server says that it is saved: a lost connection,
// a reload or a crash of the server loses nothing.
import { clone, same } from "cp-guided/paths.js";

const PREFIX = "cestpossible:brouillon:";

export class Ledger {
  constructor({ key, send, wait = 40 }) {
    this.key = key;
    this.send = send;
    this.wait = wait; // milliseconds between two messages while typing: the first leaves at once
    this.entries = new Map(); // path -> { value, base, seq, sent }
    this.seq = 0;
    this.timer = null;
    this.last = 0;
    this.storing = null;
  }

  record(path, value, base) {
    const known = this.entries.get(path);
    this.entries.set(path, { value: clone(value), base: known ? known.base : clone(base), seq: ++this.seq, sent: false });
    this.store();
    if (this.timer) return;
    const delay = Math.max(0, this.last + this.wait - performance.now());
    if (delay) this.timer = setTimeout(() => this.flush(), delay);
    else this.flush();
  }

  has(path) {
    return this.entries.has(path);
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    const edits = {};
    for (const [path, entry] of this.entries) {
      if (entry.sent) continue;
      entry.sent = true;
      edits[path] = entry.value;
    }
    if (!Object.keys(edits).length) return;
    this.last = performance.now();
    this.send(edits, this.seq);
  }

  resend() {
    for (const entry of this.entries.values()) entry.sent = false;
    this.flush();
  }

  // Saved up to `seq`; `refused` holds what the server kept instead of values that it could not take.
  acknowledge(seq, refused) {
    for (const [path, entry] of this.entries) {
      if (entry.seq > seq) continue;
      if (path in refused) entry.base = refused[path];
      else this.entries.delete(path);
    }
    this.store();
  }

  forget(path) {
    this.entries.delete(path);
    this.store();
  }

  rename(key) {
    this.write();
    localStorage.removeItem(PREFIX + this.key);
    this.key = key;
    this.write();
  }

  store() {
    this.storing ??= setTimeout(() => this.write(), 150);
  }

  write() {
    clearTimeout(this.storing);
    this.storing = null;
    try {
      if (!this.entries.size) return localStorage.removeItem(PREFIX + this.key);
      const copy = [...this.entries].map(([path, { value, base }]) => [path, { value, base }]);
      localStorage.setItem(PREFIX + this.key, JSON.stringify(copy));
    } catch {
      // Private browsing or a full store: the server's copy is still there.
    }
  }

  // What an earlier page left: [[path, { value, base }], …].
  left() {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + this.key) || "[]").filter(([, entry]) => !same(entry.value, entry.base));
    } catch {
      return [];
    }
  }
}
