// Sharing: the system's own sheet where there is one, else the address is copied. Without this script, it can be selected.
const field = document.getElementById("lien");
const status = document.getElementById("copie");
const details = field?.closest("details");

details?.addEventListener("toggle", async () => {
  if (!details.open) return;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    try {
      await navigator.share({ title: field.dataset.shareTitle, url: field.value });
      details.open = false;
      return;
    } catch {
      // refused or given up: the field is there
    }
  }
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = "Adresse copiée.";
  } catch {
    status.textContent = "";
  }
});

// The block of HTML: opened, it is selected and copied.
const block = document.getElementById("bloc");
block?.closest("details").addEventListener("toggle", async (event) => {
  if (!event.target.open) return;
  block.select();
  try {
    await navigator.clipboard.writeText(block.value);
    document.getElementById("bloc-copie").textContent = "Bloc copié.";
  } catch {
    document.getElementById("bloc-copie").textContent = "Tout est sélectionné\u00a0: copiez.";
  }
});
