/** The kernel's twin in plain TypeScript: slow, obvious, and what the tests hold the kernel to. */

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export function plainDice(a: Uint8Array, b: Uint8Array): number {
  let [both, all] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    both += ones(x & y);
    all += ones(x) + ones(y);
  }
  return all === 0 ? 0 : (2 * both) / all;
}

export function plainDensePairs(
  left: Uint8Array,
  right: Uint8Array,
  bytes: number,
  threshold: number,
): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i * bytes < left.length; i++) {
    for (let j = 0; j * bytes < right.length; j++) {
      const dice = plainDice(
        left.subarray(i * bytes, (i + 1) * bytes),
        right.subarray(j * bytes, (j + 1) * bytes),
      );
      if (dice >= threshold) pairs.push([i, j]);
    }
  }
  return pairs;
}
