/** Scored pairs, in the order in which blocking met them: the smaller record, the other, and the weight. */
export interface Edges {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Log-odds to the base two that both are one person. */
  readonly weight: Float32Array;
}

/** Links of several pieces of work, one after another. */
export function joined(parts: readonly Edges[]): Edges {
  const total = parts.reduce((sum, { weight }) => sum + weight.length, 0);
  const all = { a: new Uint32Array(total), b: new Uint32Array(total), weight: new Float32Array(total) };
  let at = 0;
  for (const { a, b, weight } of parts) {
    all.a.set(a, at);
    all.b.set(b, at);
    all.weight.set(weight, at);
    at += weight.length;
  }
  return all;
}

export class EdgeList {
  #a = new Uint32Array(1024);
  #b = new Uint32Array(1024);
  #weight = new Float32Array(1024);
  #count = 0;

  add(a: number, b: number, weight: number): void {
    if (this.#count === this.#a.length) this.#grow();
    this.#a[this.#count] = a;
    this.#b[this.#count] = b;
    this.#weight[this.#count++] = weight;
  }

  finish(): Edges {
    return {
      a: this.#a.slice(0, this.#count),
      b: this.#b.slice(0, this.#count),
      weight: this.#weight.slice(0, this.#count),
    };
  }

  #grow(): void {
    const length = this.#a.length * 2;
    const [a, b, weight] = [new Uint32Array(length), new Uint32Array(length), new Float32Array(length)];
    a.set(this.#a);
    b.set(this.#b);
    weight.set(this.#weight);
    [this.#a, this.#b, this.#weight] = [a, b, weight];
  }
}
