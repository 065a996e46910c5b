// Pictures as rectangles: what is kept (crop), what must stay in view (focus). All in shares of the whole picture, 0 to 1.

export const WHOLE = { x: 0, y: 0, w: 1, h: 1 };
export const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// "100-0-800-1000", in thousandths: left, top, width, height. "" is the whole picture.
export function readCrop(text) {
  const [left, top, width, height] = (text || "").split("-").map(Number);
  if (!width || !height || left + width > 1000 || top + height > 1000) return { ...WHOLE };
  return { x: left / 1000, y: top / 1000, w: width / 1000, h: height / 1000 };
}

export function cropName({ x, y, w, h }) {
  const left = Math.round(x * 1000);
  const top = Math.round(y * 1000);
  const width = Math.min(1000 - left, Math.round(w * 1000));
  const height = Math.min(1000 - top, Math.round(h * 1000));
  return width === 1000 && height === 1000 ? "" : [left, top, width, height].join("-");
}

// The beginning of the names of its files, as layouts/pictures.py makes it.
export function stem(photo) {
  const name = cropName(readCrop(photo.crop));
  return name ? `${photo.media}-c${name}` : photo.media;
}

// Move a rectangle, staying inside.
export function moved(rect, dx, dy) {
  return { ...rect, x: clamp(rect.x + dx, 0, 1 - rect.w), y: clamp(rect.y + dy, 0, 1 - rect.h) };
}

// The largest rectangle of that shape (width / height, in shares) around the same middle.
export function shaped(rect, shape) {
  const w = Math.min(1, shape);
  const h = w / shape;
  return { w, h, x: clamp(rect.x + rect.w / 2 - w / 2, 0, 1 - w), y: clamp(rect.y + rect.h / 2 - h / 2, 0, 1 - h) };
}

// Pull a side or a corner ("n", "se" …) to a point; `least` is the smallest side, `shape` is kept when given.
export function pulled(rect, handle, point, least, shape) {
  const east = handle.includes("e");
  const west = handle.includes("w");
  const south = handle.includes("s");
  const north = handle.includes("n");
  const anchorX = west ? rect.x + rect.w : rect.x;
  const anchorY = north ? rect.y + rect.h : rect.y;
  const roomX = west ? anchorX : 1 - anchorX;
  const roomY = north ? anchorY : 1 - anchorY;
  let w = east || west ? clamp(west ? anchorX - point.x : point.x - anchorX, least.w, roomX) : rect.w;
  let h = north || south ? clamp(north ? anchorY - point.y : point.y - anchorY, least.h, roomY) : rect.h;
  if (shape) {
    w = clamp(Math.max(w, h * shape), Math.max(least.w, least.h * shape), Math.min(roomX, roomY * shape));
    h = w / shape;
  }
  return { x: west ? anchorX - w : anchorX, y: north ? anchorY - h : anchorY, w, h };
}

// Larger or smaller from the keyboard or the sliders: to the right and below, then to the left and above.
export function resized(rect, w, h, least, shape) {
  if (shape) {
    w = clamp(w === rect.w ? h * shape : w, Math.max(least.w, least.h * shape), Math.min(1, shape));
    h = w / shape;
  } else {
    w = clamp(w, least.w, 1);
    h = clamp(h, least.h, 1);
  }
  return { w, h, x: clamp(rect.x, 0, 1 - w), y: clamp(rect.y, 0, 1 - h) };
}

export function kept(focus, rect) {
  return { x: clamp(focus.x, rect.x, rect.x + rect.w), y: clamp(focus.y, rect.y, rect.y + rect.h) };
}

// What is seen of a crop in a frame of that shape, the point staying in view as `object-position` keeps it.
export function seen(rect, focus, shape) {
  const w = Math.min(rect.w, rect.h * shape);
  const h = Math.min(rect.h, rect.w / shape);
  return { w, h, x: rect.x + (rect.w - w) * ((focus.x - rect.x) / rect.w), y: rect.y + (rect.h - h) * ((focus.y - rect.y) / rect.h) };
}
