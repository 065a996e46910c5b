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
