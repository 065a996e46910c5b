// The pictures chosen on this device and not stored yet, kept in the browser (IndexedDB holds files) until they are: a
// reload, a crash or a closed tab loses none. Like the copies of texts (cp-guided/shelf.js), each is named by the account
// (a computer may be shared), the draft and the page; none stays longer than a week.
const BASE = "cestpossible";
const STORE = "images";
const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened = null;

function base() {
  const request = indexedDB.open(BASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
  return answer(request);
}

// Browsers may refuse their stores (private windows, strict settings, a full disk) at any use: then `otherwise`.
async function attempt(mode, work, otherwise) {
  try {
    opened ??= base();
    return await answer(work((await opened).transaction(STORE, mode).objectStore(STORE)));
  } catch {
    return otherwise;
  }
}

// Returns whether this device keeps the file. `record`: { key, account, place, page, file, field }.
export async function keepFile(record) {
  return (await attempt("readwrite", (store) => store.put({ ...record, at: Date.now() }), null)) !== null;
}

export function dropFile(key) {
  return attempt("readwrite", (store) => store.delete(key), null);
}

// The files of an account, the oldest first. Those that nobody came back for are dropped, whoever left them.
export async function keptFiles(account) {
  const all = await attempt("readonly", (store) => store.getAll(), []);
  const fresh = (record) => Date.now() - record.at < LONGEST;
  all.filter((record) => !fresh(record)).forEach(({ key }) => dropFile(key));
  return all.filter((record) => fresh(record) && record.account === account).sort((one, other) => one.at - other.at);
}
