// Makes the gallery live: the same addresses, without loading the page again. Without this script everything works.
const form = document.getElementById("recherche");
const status = document.getElementById("annonce");
const words = form.elements.q;
let pending = null;

function address() {
  const values = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  const query = new URLSearchParams(values).toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}

function swap(id, fresh) {
  const part = fresh.getElementById(id);
  document.getElementById(id).replaceChildren(...part.childNodes);
}

async function show(url, { push = true, replace = false, focus = false } = {}) {
  pending?.abort();
  pending = new AbortController();
  const target = new URL(url, location.href);
  const asked = new URL(target);
  asked.searchParams.set("fragment", "1");
  document.getElementById("resultats").setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await fetch(asked, { signal: pending.signal });
    if (!answer.ok) throw new Error(answer.status);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(target); // the server knows how to say what is wrong
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const select of form.querySelectorAll("select")) {
    const twin = fresh.querySelector(`select[name="${select.name}"]`);
    const value = twin.value;
    select.replaceChildren(...twin.childNodes);
    select.value = value;
  }
  const open = document.querySelector("#carte details")?.open;
  swap("resultats", fresh);
  swap("carte", fresh);
  if (open) document.querySelector("#carte details").open = true;
  document.getElementById("resultats").removeAttribute("aria-busy");
  document.title = fresh.title;
  if (document.activeElement !== words) words.value = target.searchParams.get("q") ?? "";
  if (replace) history.replaceState(null, "", target);
  else if (push) history.pushState(null, "", target);
  const count = document.getElementById("compte");
  status.textContent = count.textContent;
  if (focus) {
    count.focus({ preventScroll: true });
    const top = count.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight) count.scrollIntoView({ block: "start" });
  }
}

let typing = null;
words.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => show(address(), { replace: true }), 300);
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") show(address());
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  show(address(), { focus: true });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-live]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.getAttribute("href"), { focus: true });
});
addEventListener("popstate", () => show(location.href, { push: false }));
document.documentElement.classList.add("live");
