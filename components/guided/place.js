// Where the person is: the address names the draft, the step and the field; the caret is kept for this tab.
const CARET = "cestpossible:curseur";

export const fieldOf = (node) => node?.closest?.("[data-field]")?.dataset.field || "";

export const wanted = () => {
  const path = new URLSearchParams(location.search).get("champ") || "";
  return /^[a-z_]+(\.([a-z_]+|\d{1,2}))*$/.test(path) ? path : "";
};

export function write(place, step, field) {
  const query = new URLSearchParams(location.search);
  query.set("etape", step);
  query.delete("copie");
  if (field) query.set("champ", field);
  else query.delete("champ");
  if (place !== "nouvelle") query.delete("structure");
  const address = `/ecrire/${place}?${query}`;
  // Elsewhere (the administration shows the form of a step), the address is none of our business.
  if (!location.pathname.startsWith("/ecrire/") || address === location.pathname + location.search) return;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // Some browsers allow a hundred changes a minute: the next one will do.
  }
}

export function keepCaret() {
  const box = document.activeElement;
  const field = fieldOf(box);
  try {
    if (field && typeof box.selectionStart === "number") sessionStorage.setItem(CARET, JSON.stringify([field, box.selectionStart, box.selectionEnd]));
  } catch {
    // No store: the focus comes back, not the caret.
  }
}

export function putCaret(box, field) {
  if (typeof box?.setSelectionRange !== "function" || typeof box.selectionStart !== "number") return;
  try {
    const [path, start, end] = JSON.parse(sessionStorage.getItem(CARET) || "[]");
    const last = box.value.length;
    if (path === field) box.setSelectionRange(Math.min(start, last), Math.min(end, last));
    else box.setSelectionRange(last, last);
  } catch {
    // The focus is what matters.
  }
}
