/**
 * The patterns of contracts are mostly runs of character classes: `[A-Za-z0-9_-]+`, `\d{4}-Q[1-4]`. Those are read
 * into atoms that match bytes by a table, without backtracking; a pattern with groups or alternatives is none of them.
 */
export interface Atom {
  /** 1 for each byte that the class holds. */
  readonly has: Uint8Array;
  readonly least: number;
  readonly most: number;
}

const ATOM =
  /(?:\[(?<set>(?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\]|(?<escape>\\.)|(?<literal>[^\\[\](){}|*+?.^$]))(?:(?<one>[*+?])|\{(?<least>\d+)(?<comma>,)?(?<most>\d+)?\})?/y;

export function atomsOf(pattern: string): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  ATOM.lastIndex = 0;
  while (ATOM.lastIndex < pattern.length) {
    const found = ATOM.exec(pattern)?.groups;
    if (found === undefined) return undefined;
    const has = classOf(found.set ?? found.escape ?? found.literal ?? '');
    if (has === undefined) return undefined;
    atoms.push({ has, ...repetition(found) });
  }
  return isDeterministic(atoms) ? atoms : undefined;
}

function repetition(found: Record<string, string | undefined>): { least: number; most: number } {
  if (found.one === '*') return { least: 0, most: Infinity };
  if (found.one === '+') return { least: 1, most: Infinity };
  if (found.one === '?') return { least: 0, most: 1 };
  if (found.least === undefined) return { least: 1, most: 1 };
  const least = Number(found.least);
  if (found.most !== undefined) return { least, most: Number(found.most) };
  return { least, most: found.comma === undefined ? least : Infinity };
}

function classOf(source: string): Uint8Array | undefined {
  const has = new Uint8Array(256);
  const parts = [...source.matchAll(/\\.|[\s\S]/g)].map(([part]) => part);
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string;
    const until = parts[at + 1] === '-' ? parts[at + 2] : undefined;
    if (part === '\\d') {
      for (let byte = 0x30; byte <= 0x39; byte++) has[byte] = 1;
    } else if (/^\\[A-Za-z0-9]$/.test(part) || byteOf(part) > 0x7e) {
      return undefined;
    } else if (until === undefined) {
      has[byteOf(part)] = 1;
    } else {
      if (until.startsWith('\\')) return undefined;
      for (let byte = byteOf(part); byte <= byteOf(until); byte++) has[byte] = 1;
      at += 2;
    }
  }
  return has;
}

function byteOf(part: string): number {
  return part.charCodeAt(part.length - 1);
}

/** Taking as many bytes as an atom can is only right if no byte could also begin what follows it. */
function isDeterministic(atoms: readonly Atom[]): boolean {
  return atoms.every((atom, index) => {
    if (atom.least === atom.most) return true;
    for (const next of atoms.slice(index + 1)) {
      if (atom.has.some((held, byte) => held === 1 && next.has[byte] === 1)) return false;
      if (next.least > 0) break;
    }
    return true;
  });
}
