/**
 * The places of the weights from a least one on, the strongest first and of equal ones the first in the list. Sorted as
 * whole numbers of 64 bits, weight above place: tens of millions take a second or two.
 */
export function strongestFirst(weights: Float32Array, least = Number.NEGATIVE_INFINITY): Uint32Array {
  let count = 0;
  for (const weight of weights) if (weight >= least) count++;
  const halves = new Uint32Array(count * 2);
  const bits = new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
  for (let i = 0, at = 0; i < weights.length; i++) {
    if (!((weights[i] as number) >= least)) continue;
    const own = bits[i] as number;
    halves[at++] = i;
    // Turned so that a larger weight is a smaller whole number.
    halves[at++] = own >>> 31 === 1 ? own : ~own & 0x7fffffff;
  }
  new BigUint64Array(halves.buffer).sort();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = halves[i * 2] as number;
  return order;
}
