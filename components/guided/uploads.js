// Pictures on their way: two at a time, each with its progress, its refusal, a way to stop it and to try again.
// They belong to the form, not to the field: they go on while another step is written, and after a reload.
import { dropFile, keepFile, keptFiles } from "cp-guided/kept_files.js";
import { clone } from "cp-guided/paths.js";
import { abandoned } from "cp-guided/shelf.js";
import { watchLine } from "cp-guided/status.js";

const AT_ONCE = 2;
const HEAVIEST = 20 * 1024 * 1024; // bytes
const STALLED = 45_000; // milliseconds without a byte
const ANSWERED = 90_000; // milliseconds for the server to prepare what has arrived
const AGAIN = 4_000; // milliseconds before a cut upload leaves again by itself; twice as long each time
const SELDOM = 60_000;
const LATER = 1500; // milliseconds: the page that was here a moment ago may not have let go yet
const TOO_HEAVY = "Cette image dépasse 20\u00a0Mo. Enregistrez-la en plus petit, puis ajoutez-la à nouveau.";
const ALREADY = "Cette image est déjà dans la fiche.";
const CUT = "La connexion a été coupée.";
const KEPT = "L’image est gardée sur cet appareil, elle repartira d’elle-même.";
const NOT_KEPT = "L’image repartira d’elle-même : laissez cette page ouverte.";

const queues = new WeakMap();

export function queueOf(form) {
  if (!queues.has(form)) queues.set(form, new Queue(form));
  return queues.get(form);
}

class Queue {
  constructor(form) {
    this.form = form;
    this.pause = AGAIN;
    this.timer = null;
    // The one moment to warn: pictures that are not there yet and that this device could not keep.
    window.addEventListener("beforeunload", (event) => this.pending().some((upload) => !upload.kept) && event.preventDefault());
    window.addEventListener("offline", () => this.sending().forEach((upload) => upload.request?.abort()));
    window.addEventListener("online", () => this.back());
    watchLine(() => this.back());
  }

  sending() {
    return this.form.uploads.filter((upload) => upload.state === "sending");
  }

  pending() {
    return this.form.uploads.filter((upload) => upload.state !== "refused");
  }

  // Those beyond the limit and those too heavy are refused here, each with its sentence; the others leave.
  take(files, field) {
    const { form } = this;
    for (const file of files) {
      const room = field.limit - (form.value(field.path) || []).length - this.pending().length;
      const error = room <= 0 ? field.full : file.size > HEAVIEST ? TOO_HEAVY : "";
      form.uploads.push({ id: ++form.uploadSerial, name: file.name, file, field, share: 0, state: error ? "refused" : "waiting", error, kept: false });
      if (!error) this.keep(form.uploads.at(-1));
    }
    this.next();
  }

  // What an earlier page had not finished leaves again.
  async resume(again = true) {
    const { shelf } = this.form.ledger;
    const left = shelf.ours(await abandoned(await keptFiles(shelf.account)));
    for (const { key, file, field } of left) {
      if (this.form.writable) this.take([file], field);
      const keeping = this.form.writable ? this.form.uploads.at(-1).keeping : null;
      Promise.resolve(keeping).then(() => dropFile(key)); // once this page keeps it
    }
    if (left.length && this.form.writable) {
      const said = left.length > 1 ? `${left.length} images n’étaient pas encore arrivées : elles repartent.` : "Une image n’était pas encore arrivée : elle repart.";
      this.form.recovered = [this.form.recovered, said].filter(Boolean).join(" ");
    }
    if (again) setTimeout(() => this.resume(false), LATER);
  }

  keep(upload) {
    const { account, place, page } = this.form.ledger.shelf;
    const record = { key: `${page}:${upload.id}`, account, place, page, file: upload.file, field: clone(upload.field) };
    upload.place = place;
    upload.keeping = keepFile(record).then((kept) => (upload.kept = kept));
  }

  drop(upload) {
    const key = `${this.form.ledger.shelf.page}:${upload.id}`;
    upload.keeping?.then(() => dropFile(key));
  }

  next() {
    for (const upload of this.form.uploads.filter((each) => each.state === "waiting")) {
      if (this.sending().length >= AT_ONCE) return;
      this.send(upload);
    }
  }

  async send(upload) {
    upload.state = "sending";
    upload.share = 0;
    try {
      const revision = await this.form.ensureRevision().catch(() => Promise.reject(problem(CUT, true, true)));
      if (!this.form.uploads.includes(upload)) return; // given up meanwhile
      const { place } = this.form.ledger.shelf; // a new draft has its name now
      this.pending().forEach((each) => each.place !== place && this.keep(each));
      this.arrive(upload, await post(upload, revision));
    } catch (problem) {
      upload.error = problem.cut ? `${problem.message} ${(await upload.keeping) ? KEPT : NOT_KEPT}` : problem.message;
      upload.state = problem.again ? "failed" : "refused";
      upload.cut = Boolean(problem.cut);
      if (!problem.again) this.drop(upload);
      if (problem.cut) this.wait();
    } finally {
      upload.request = null;
      this.next();
    }
  }

  arrive(upload, stored) {
    const { path, blank } = upload.field;
    const list = clone(this.form.value(path)) || [];
    this.pause = AGAIN;
    if (list.some((photo) => photo.media === stored.media)) throw problem(ALREADY, false);
    this.form.edit(path, [...list, { ...clone(blank), ...stored, cover: !list.some((photo) => photo.cover) }]);
    this.form.arrived = { media: stored.media, name: upload.name, position: list.length };
    this.forget(upload);
  }

  // The line may be back without anybody saying so.
  wait() {
    if (this.timer) return;
    this.timer = setTimeout(() => this.again(), this.pause);
    this.pause = Math.min(SELDOM, 2 * this.pause);
  }

  back() {
    this.pause = AGAIN;
    this.again();
  }

  again() {
    clearTimeout(this.timer);
    this.timer = null;
    for (const upload of this.form.uploads) if (upload.state === "failed" && upload.cut) upload.state = "waiting";
    this.next();
  }

  retry(upload) {
    upload.error = "";
    upload.state = "waiting";
    this.next();
  }

  // Stop, or take away what was refused.
  forget(upload) {
    const place = this.form.uploads.findIndex((each) => each.id === upload.id);
    if (place >= 0) this.form.uploads.splice(place, 1);
    upload.request?.abort();
    this.drop(upload);
    this.next();
  }
}

// `again`: the same file may be taken the next time; `cut`: it leaves again by itself.
function problem(message, again, cut = false) {
  return Object.assign(new Error(message), { again, cut });
}

function post(upload, revision) {
  return new Promise((resolve, reject) => {
    const request = (upload.request = new XMLHttpRequest());
    const body = new FormData();
    body.append("file", upload.file);
    request.open("POST", `/ecrire/photos?revision=${revision}`);
    request.responseType = "json";
    let watch = 0;
    const moving = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), upload.share < 1 ? STALLED : ANSWERED);
    };
    request.upload.onprogress = (event) => {
      Object.assign(upload, { error: "", cut: false }); // said until something moves again
      if (event.lengthComputable) upload.share = event.loaded / event.total;
      moving();
    };
    request.upload.onload = () => {
      upload.share = 1;
      moving();
    };
    request.onload = () => {
      const answer = request.response || {};
      if (request.status === 200 && answer.media) return resolve(answer);
      if (request.status === 413) return reject(problem(TOO_HEAVY, false));
      if (answer.error) return reject(problem(answer.error, answer.again ?? true));
      reject(problem(CUT, true, true)); // no word of ours: a proxy, or a server that is starting
    };
    request.onerror = request.onabort = () => reject(problem(CUT, true, true));
    request.onloadend = () => clearTimeout(watch);
    moving();
    request.send(body);
  });
}
