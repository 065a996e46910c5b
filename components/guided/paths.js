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
export const countWords = (text) => (String(text ?? "").match(/[\p{L}\p{N}]+(?:[-‑.,/@·•⋅‧][\p{L}\p{N}]+)*/gu) || []).length;

// Every path that holds a value of its own: leaves, and lists as a whole.
export function* leaves(document, prefix = "") {
  for (const [key, value] of Object.entries(document)) {
    const path = prefix + key;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) yield* leaves(value, path + ".");
    else yield path;
  }
}

// The words of a value, at any depth: what a person would want back.
export function words(value) {
  if (typeof value === "string") return value.trim() ? [value.trim()] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(words);
}

// From 0 to 1: how far two values say the same. A picture is known by its file.
export function alike(one, other) {
  if (one?.media) return one.media === other?.media ? 1 : 0;
  const [first, second] = [one, other].map((value) => words(value).join(" ").toLowerCase().match(/[\p{L}\p{N}]+/gu) || []);
  const left = [...second];
  const common = first.filter((word) => {
    const place = left.indexOf(word);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
  return first.length + second.length ? (2 * common.length) / (first.length + second.length) : 0;
}

// Which position of a list became which: equal items first, then the most alike, then those that stand alone at their place.
export function followed(before, after) {
  const pairs = new Map(); // position after -> position before
  const gone = new Set(before.keys());
  const pair = (was, now) => (pairs.set(now, was), gone.delete(was));
  const free = () => [...after.keys()].filter((now) => !pairs.has(now));
  for (const now of free()) if (gone.has(now) && same(before[now], after[now])) pair(now, now);
  for (const now of free()) {
    const was = [...gone].find((each) => same(before[each], after[now]));
    if (was !== undefined) pair(was, now);
  }
  const scores = free().flatMap((now) => [...gone].map((was) => [alike(before[was], after[now]), was, now]));
  for (const [score, was, now] of scores.sort((a, b) => b[0] - a[0])) if (score >= 0.4 && gone.has(was) && !pairs.has(now)) pair(was, now);
  if (before.length === after.length) for (const now of free()) if (gone.has(now) && !after[now]?.media) pair(now, now);
  return pairs;
}

// Whether every letter of one version is in another one, in order: nothing is lost when the other stands for it.
export function holdsAll(whole, part) {
  if (typeof whole !== "string" || typeof part !== "string") return same(whole, part);
  let at = 0;
  for (const letter of whole) if (letter === part[at]) at += 1;
  return at >= part.length;
}
