// The safety copies in the browser: one for each open page, so that two tabs never write over each other.
// A copy is named by the account (a computer may be shared), by the draft, and by the page. A page holds a lock as long
// as it lives: a copy whose page is gone is free, and the next page on the same draft takes it up.
// Copies are not cleared at log-out: what is stored is dropped at once, so only words stored nowhere else remain.
const PREFIX = "cestpossible:brouillon:";
const PAGE = "cestpossible:page";
const STALE = 60_000; // milliseconds: without locks (no HTTPS), a copy untouched for so long is free

const random = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (each) => each.toString(36)).join("");

// Browsers may refuse their stores (private windows, strict settings) at any use.
function attempt(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

const stores = () => [() => localStorage, () => sessionStorage].map((open) => attempt(open, null)).filter(Boolean);

// Every copy of an account in this browser: [{ key, page, place, at, title, entries }], the oldest first.
export function copies(account) {
  const found = [];
  for (const store of stores()) {
    for (const key of attempt(() => Object.keys(store), [])) {
      if (!key.startsWith(`${PREFIX}${account}:`)) continue;
      const copy = attempt(() => JSON.parse(store.getItem(key)), null);
      const [place, page] = key.slice(`${PREFIX}${account}:`.length).split(":");
      if (Array.isArray(copy?.entries)) found.push({ ...copy, key, place, page });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

// Of what pages left ([{ page, at, … }, …]), that of those which are gone.
export async function abandoned(left) {
  const held = await attempt(() => navigator.locks.query(), null)?.catch(() => null);
  const living = held && new Set([...held.held, ...held.pending].map((lock) => lock.name));
  return left.filter(({ page, at }) => (living ? !living.has(PREFIX + page) : Date.now() - at > STALE));
}

// The copies whose page is gone.
export const free = (account) => abandoned(copies(account));

export function drop(key) {
  for (const store of stores()) attempt(() => store.removeItem(key));
}

export class Shelf {
  constructor(account, place) {
    this.account = account;
    this.place = place;
    this.page = random();
    this.wanted = new URLSearchParams(location.search).get("copie");
    this.before = attempt(() => sessionStorage.getItem(PAGE), null); // this tab, before it was loaded again
    attempt(() => sessionStorage.setItem(PAGE, this.page));
    attempt(() => navigator.locks.request(PREFIX + this.page, () => new Promise(() => {})), null)?.catch(() => {});
  }

  get key() {
    return `${PREFIX}${this.account}:${this.place}:${this.page}`;
  }

  move(place) {
    const old = this.key;
    this.place = place;
    return () => drop(old); // once the new copy is written
  }

  // Returns whether this device keeps the copy.
  write(copy) {
    if (!copy.entries.length) {
      drop(this.key);
      return true;
    }
    const text = JSON.stringify({ ...copy, at: Date.now() });
    return stores().some((store) => attempt(() => (store.setItem(this.key, text), true), false));
  }

  // What dead pages left for this draft.
  async left() {
    return this.ours(await free(this.account));
  }

  // New drafts have no number yet: of several pages, only one may come back here, that which the address names, or that
  // of this very tab, or else the latest; "Mes fiches" shows the others.
  ours(left) {
    const mine = left.filter(({ place, page }) => place === this.place && page !== this.page);
    if (!this.place.startsWith("nouvelle")) return mine;
    const pages = mine.map(({ page }) => page);
    const chosen = [this.wanted, this.before].find((page) => pages.includes(page)) ?? pages.at(-1);
    return mine.filter(({ page }) => page === chosen);
  }
}
