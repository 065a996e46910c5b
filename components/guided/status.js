// Whether what is typed is safe: one truth for the bar, the form and the guard of the session.
import { reactive } from "vue";

const PATIENCE = 5000; // milliseconds without news of what was sent before the line is called cut

export const status = reactive({
  connected: true, // the socket to the server
  online: true, // what the device says of its network
  slow: false, // something has waited for an answer longer than PATIENCE
  waiting: 0, // passages typed and not stored yet
  refused: 0, // texts too long to be sent: they stay in the browser
  wrong: 0, // answers to mend, stored as they were typed
  kept: true, // this device could keep a copy of them
  ended: false, // nobody is logged in any more
});

let patience = null;

// `pending` passages wait for the server, `refused` ones wait for the person.
export function count(pending, refused, news) {
  if (news || !pending) status.slow = false;
  if (news || !pending) clearTimeout(patience), (patience = null);
  if (pending && !patience) patience = setTimeout(() => (status.slow = true), PATIENCE);
  status.waiting = pending;
  status.refused = refused;
}

export const cut = () => !status.connected || !status.online || (status.slow && status.waiting > 0);

// Calls `back` whenever the server can be spoken to; the socket is made after the first elements are mounted.
export function watchLine(back) {
  const listen = () => {
    if (!window.socket) return setTimeout(listen, 50);
    window.socket.on("connect", () => {
      status.connected = true;
      back();
    });
    window.socket.on("disconnect", () => (status.connected = false));
    if (window.socket.connected) back();
  };
  listen();
}

export const reachable = () => Boolean(window.socket?.connected && window.did_handshake) && !status.ended;

status.online = navigator.onLine !== false;
window.addEventListener("online", () => (status.online = true));
window.addEventListener("offline", () => (status.online = false));
