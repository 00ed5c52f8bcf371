/** Names, numbers and addresses as they are compared: without what people write one way or another. */

export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/&/g, ' and ')
    .replaceAll(/\b(?:the|inc|llc|corp|corporation|co|org)\b/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The last ten digits, which are the number; fewer are none. */
export function plainPhone(phone: string | undefined): string | undefined {
  const digits = (phone ?? '').replace(/x\d+$/, '').replaceAll(/\D/g, '');
  return digits.length < 10 ? undefined : digits.slice(-10);
}

const SHORT: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  road: 'rd',
  boulevard: 'blvd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  suite: 'ste',
};

export function plainStreet(street: string): string {
  return plainName(street)
    .split(' ')
    .map((word) => SHORT[word] ?? word)
    .join(' ');
}

/** How alike two plain names are, from 0 to 1: the pairs of neighbouring letters that they share (Dice). */
export function alike(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  if (left.size + right.size === 0) return 0;
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared++;
  return (2 * shared) / (left.size + right.size);
}

/** Whether one word is the other with one letter more, less, another, or two changed round; short words are too alike. */
export function isSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const known = new Map<string, ReadonlySet<string>>();

function pairsOf(text: string): ReadonlySet<string> {
  const found = known.get(text);
  if (found !== undefined) return found;
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  if (known.size > 20_000) known.clear();
  known.set(text, pairs);
  return pairs;
}
