/** SVG as text: pure, so that browser, PDF and DOCX get the same picture. No style attribute, which a strict page forbids. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function el(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(typeof value === 'number' ? short(value) : String(value))}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return el('text', { x, y, ...attributes }, escape(words));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): string {
  return el('line', { x1, y1, x2, y2, ...attributes });
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  attributes: Attributes = {},
): string {
  return el('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), ...attributes });
}

export function circle(cx: number, cy: number, r: number, attributes: Attributes = {}): string {
  return el('circle', { cx, cy, r, ...attributes });
}

export function group(attributes: Attributes, ...children: readonly string[]): string {
  return el('g', attributes, ...(children.length === 0 ? [''] : children));
}

export function moved(x: number, y: number, ...children: readonly string[]): string {
  return group({ transform: `translate(${short(x)} ${short(y)})` }, ...children);
}

/** What a pointer shows; the same words stand in the table beside the chart. */
export function titled(words: string, ...children: readonly string[]): string {
  return el('g', {}, el('title', {}, escape(words)), ...children);
}

export function escape(words: string): string {
  if (!/[&<>"]/.test(words)) return words;
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A tenth of a pixel is finer than any eye, and keeps the files small and alike on every machine. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
