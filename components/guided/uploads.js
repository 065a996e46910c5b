// Pictures on their way: two at a time, each with its progress, its refusal, a way to stop it and to try again.
// They belong to the form, not to the field: they go on while another step is written.
import { clone } from "cp-guided/paths.js";

const AT_ONCE = 2;
const HEAVIEST = 20 * 1024 * 1024; // bytes
const STALLED = 45_000; // milliseconds without a byte
const TOO_HEAVY = "Cette image dépasse 20\u00a0Mo. Enregistrez-la en plus petit, puis ajoutez-la à nouveau.";
const CUT = "La connexion a été coupée pendant l’envoi.";

const queues = new WeakMap();

export function queueOf(form) {
  if (!queues.has(form)) queues.set(form, new Queue(form));
  return queues.get(form);
}

class Queue {
  constructor(form) {
    this.form = form;
    // Nobody closes the tab on pictures that are not there yet without knowing.
    window.addEventListener("beforeunload", (event) => this.busy() && event.preventDefault());
    window.addEventListener("offline", () => this.sending().forEach((upload) => upload.request?.abort()));
  }

  sending() {
    return this.form.uploads.filter((upload) => upload.state === "sending");
  }

  busy() {
    return this.form.uploads.some((upload) => upload.state === "sending" || upload.state === "waiting");
  }

  // Those beyond the limit and those too heavy are refused here, each with its sentence; the others leave.
  take(files, field) {
    const { form } = this;
    for (const file of files) {
      const pending = form.uploads.filter((upload) => upload.state !== "refused").length;
      const room = field.limit - (form.value(field.path) || []).length - pending;
      const error = room <= 0 ? field.full : file.size > HEAVIEST ? TOO_HEAVY : "";
      const upload = { id: ++form.uploadSerial, name: file.name, file, field, share: 0, state: error ? "refused" : "waiting", error };
      form.uploads.push(upload);
    }
    this.next();
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
    upload.error = "";
    try {
      const revision = await this.form.ensureRevision();
      if (!this.form.uploads.includes(upload)) return; // given up meanwhile
      const stored = await post(upload, revision);
      const path = upload.field.path;
      const list = clone(this.form.value(path)) || [];
      this.forget(upload);
      this.form.edit(path, [...list, { ...clone(upload.field.blank), ...stored, cover: !list.some((photo) => photo.cover) }]);
      this.form.arrived = { media: stored.media, name: upload.name, position: list.length };
    } catch (problem) {
      upload.error = problem.message;
      upload.state = problem.again ? "failed" : "refused";
    } finally {
      upload.request = null;
      this.next();
    }
  }

  retry(upload) {
    upload.state = "waiting";
    this.next();
  }

  // Stop, or take away what was refused.
  forget(upload) {
    const place = this.form.uploads.findIndex((each) => each.id === upload.id);
    if (place >= 0) this.form.uploads.splice(place, 1);
    upload.request?.abort();
    this.next();
  }
}

function problem(message, again) {
  return Object.assign(new Error(message), { again });
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
      if (upload.share < 1) watch = setTimeout(() => request.abort(), STALLED);
    };
    request.upload.onprogress = (event) => {
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
      reject(problem(answer.error || "L’image n’est pas arrivée.", answer.again ?? true));
    };
    request.onerror = request.onabort = () => reject(problem(CUT, true));
    request.onloadend = () => clearTimeout(watch);
    moving();
    request.send(body);
  });
}
