// Reading and writing a nested document by dotted paths: "constat.text", "stages.0.when".

export const clone = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

// A short name of a value: the same for values that are the same.
export function mark(value) {
  const text = JSON.stringify(value ?? null);
  let sum = 0;
  for (let place = 0; place < text.length; place += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(place)) | 0;
  return `${text.length}.${sum}`;
}

export function get(document, path) {
  return path.split(".").reduce((node, key) => (node === null || node === undefined ? undefined : node[key]), document);
}

export function put(document, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  const node = keys.reduce((parent, key) => parent?.[key], document);
  if (node !== null && typeof node === "object") node[last] = value;
}

// A change inside a list travels as the whole list: the order and the number of its items may change too.
export function rootOf(path) {
  const keys = path.split(".");
  const position = keys.findIndex((key) => /^\d+$/.test(key));
  return position < 0 ? path : keys.slice(0, position).join(".");
}

// The same words as models.guide.count_words.
export const countWords = (text) => (String(text ?? "").match(/[\p{L}\p{N}]+(?:[-‑.,/@][\p{L}\p{N}]+)*/gu) || []).length;

// Every path that holds a value of its own: leaves, and lists as a whole.
export function* leaves(document, prefix = "") {
  for (const [key, value] of Object.entries(document)) {
    const path = prefix + key;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) yield* leaves(value, path + ".");
    else yield path;
  }
}
