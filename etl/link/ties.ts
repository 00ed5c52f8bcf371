import type { Edges } from './edges.ts';
import type { UnionFind } from './union-find.ts';

/** How sets of records hang together by their links, while they grow: for each set its records, for each record its links. */
export class Ties {
  readonly #sets: UnionFind;
  /** By record: where its neighbours begin; one more at the end. */
  readonly #offsets: Uint32Array;
  readonly #neighbours: Uint32Array;
  /** By record: the next of its set; by the first of a set: its last, and how many there are. */
  readonly #next: Uint32Array;
  readonly #last: Uint32Array;
  readonly #size: Uint32Array;

  constructor(records: number, { a, b }: Edges, links: Uint32Array, sets: UnionFind) {
    this.#sets = sets;
    this.#offsets = new Uint32Array(records + 2);
    for (const link of links)
      for (const end of [a[link] as number, b[link] as number])
        this.#offsets[end + 2] = (this.#offsets[end + 2] as number) + 1;
    for (let i = 2; i < this.#offsets.length; i++)
      this.#offsets[i] = (this.#offsets[i] as number) + (this.#offsets[i - 1] as number);
    this.#neighbours = new Uint32Array(links.length * 2);
    const put = (from: number, to: number): void => {
      const at = this.#offsets[from + 1] as number;
      this.#neighbours[at] = to;
      this.#offsets[from + 1] = at + 1;
    };
    for (const link of links) {
      put(a[link] as number, b[link] as number);
      put(b[link] as number, a[link] as number);
    }
    this.#next = new Uint32Array(records);
    this.#last = new Uint32Array(records);
    for (let record = 0; record < records; record++) this.#last[record] = record;
    this.#size = new Uint32Array(records).fill(1);
  }

  /** Of the pairs that the records of two sets make, the share that are links; a single record is tied by any link. */
  share(a: number, b: number): number {
    if (this.#size[a] === 1 || this.#size[b] === 1) return 1;
    const [small, large] = (this.#size[a] as number) <= (this.#size[b] as number) ? [a, b] : [b, a];
    let links = 0;
    for (let record = small; ; record = this.#next[record] as number) {
      const end = this.#offsets[record + 1] as number;
      for (let at = this.#offsets[record] as number; at < end; at++)
        if (this.#sets.find(this.#neighbours[at] as number) === large) links++;
      if (record === this.#last[small]) break;
    }
    return links / ((this.#size[a] as number) * (this.#size[b] as number));
  }

  join(root: number, gone: number): void {
    this.#next[this.#last[root] as number] = gone;
    this.#last[root] = this.#last[gone] as number;
    this.#size[root] = (this.#size[root] as number) + (this.#size[gone] as number);
  }
}
