/**
 * Dice coefficients of Bloom filters, in AssemblyScript with 128-bit SIMD. A filter is `bytes` long, a multiple
 * of 64; the number of its ones is kept as a 32-bit float beside it. The caller lays out the memory.
 */

/** The common ones of two filters, as four partial sums. */
function common(a: usize, b: usize, bytes: usize): v128 {
  let sums = i16x8.splat(0);
  for (let at: usize = 0; at < bytes; at += 64) {
    const ones = i8x16.add(
      i8x16.add(
        i8x16.popcnt(v128.and(v128.load(a + at, 0), v128.load(b + at, 0))),
        i8x16.popcnt(v128.and(v128.load(a + at, 16), v128.load(b + at, 16))),
      ),
      i8x16.add(
        i8x16.popcnt(v128.and(v128.load(a + at, 32), v128.load(b + at, 32))),
        i8x16.popcnt(v128.and(v128.load(a + at, 48), v128.load(b + at, 48))),
      ),
    );
    sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(ones));
  }
  return i32x4.extadd_pairwise_i16x8_u(sums);
}

/** Sums the lanes of four vectors into one vector. */
function across(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

function sum(a: v128): i32 {
  return (
    i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3)
  );
}

/** The number of ones of each of `count` filters. */
export function weigh(filters: usize, count: i32, bytes: usize, weights: usize): void {
  for (let i = 0; i < count; i++) {
    const at = filters + <usize>i * bytes;
    store<f32>(weights + ((<usize>i) << 2), <f32>sum(common(at, at, bytes)));
  }
}

/** For each of `count` pairs of filter numbers at `a` and `b`, the Dice coefficient; 0 when both are empty. */
export function pairs(
  filters: usize,
  bytes: usize,
  weights: usize,
  a: usize,
  b: usize,
  count: i32,
  out: usize,
): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const x = <usize>load<u32>(a + i);
    const y = <usize>load<u32>(b + i);
    const ones = load<f32>(weights + (x << 2)) + load<f32>(weights + (y << 2));
    const both: i32 = 2 * sum(common(filters + x * bytes, filters + y * bytes, bytes));
    store<f32>(out + i, ones > 0 ? <f32>both / ones : 0);
  }
}

/** How many filters of the right side are compared with all of the left before going on: these stay in cache. */
const TILE: i32 = 96;

// What one call of `dense` works on.
let right: usize = 0;
let rightWeights: usize = 0;
let threshold: f64 = 0;
let out: usize = 0;
let room: i32 = 0;
let found: i32 = 0;

function lanes(ones: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(ones));
}

/** Decides in double precision on those of four pairs that single precision let through. */
function keep(i: i32, a: usize, weight: f32, j: i32, near: i32, bytes: usize): void {
  for (let k = 0; near !== 0; k++, near >>= 1) {
    if ((near & 1) === 0) continue;
    const total = <f64>weight + <f64>load<f32>(rightWeights + ((<usize>(j + k)) << 2));
    const shared: i32 = 2 * sum(common(a, right + <usize>(j + k) * bytes, bytes));
    if (total === 0 || <f64>shared / total < threshold) continue;
    if (found < room) {
      store<u32>(out + ((<usize>found) << 3), <u32>i, 0);
      store<u32>(out + ((<usize>found) << 3), <u32>(j + k), 4);
    }
    found++;
  }
}

/** One filter of 512 bits against those of the right from `b` to `end`, four at a time. */
function against512(i: i32, a: usize, weight: f32, loose: v128, j: i32, end: i32): void {
  const a0 = v128.load(a, 0);
  const a1 = v128.load(a, 16);
  const a2 = v128.load(a, 32);
  const a3 = v128.load(a, 48);
  const weights = f32x4.splat(weight);
  for (; j < end; j += 4) {
    const b = right + <usize>j * 64;
    const r0 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.popcnt(v128.and(a0, v128.load(b + 0 * 64, 0))),
          i8x16.popcnt(v128.and(a1, v128.load(b + 0 * 64, 16))),
        ),
        i8x16.add(
          i8x16.popcnt(v128.and(a2, v128.load(b + 0 * 64, 32))),
          i8x16.popcnt(v128.and(a3, v128.load(b + 0 * 64, 48))),
        ),
      ),
    );
    const r1 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.popcnt(v128.and(a0, v128.load(b + 1 * 64, 0))),
          i8x16.popcnt(v128.and(a1, v128.load(b + 1 * 64, 16))),
        ),
        i8x16.add(
          i8x16.popcnt(v128.and(a2, v128.load(b + 1 * 64, 32))),
          i8x16.popcnt(v128.and(a3, v128.load(b + 1 * 64, 48))),
        ),
      ),
    );
    const r2 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.popcnt(v128.and(a0, v128.load(b + 2 * 64, 0))),
          i8x16.popcnt(v128.and(a1, v128.load(b + 2 * 64, 16))),
        ),
        i8x16.add(
          i8x16.popcnt(v128.and(a2, v128.load(b + 2 * 64, 32))),
          i8x16.popcnt(v128.and(a3, v128.load(b + 2 * 64, 48))),
        ),
      ),
    );
    const r3 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.popcnt(v128.and(a0, v128.load(b + 3 * 64, 0))),
          i8x16.popcnt(v128.and(a1, v128.load(b + 3 * 64, 16))),
        ),
        i8x16.add(
          i8x16.popcnt(v128.and(a2, v128.load(b + 3 * 64, 32))),
          i8x16.popcnt(v128.and(a3, v128.load(b + 3 * 64, 48))),
        ),
      ),
    );
    const both = across(r0, r1, r2, r3);
    const twice = f32x4.convert_i32x4_s(i32x4.add(both, both));
    const ones = f32x4.add(weights, v128.load(rightWeights + ((<usize>j) << 2)));
    const near = i32x4.bitmask(f32x4.ge(twice, f32x4.mul(loose, ones)));
    if (near !== 0) keep(i, a, weight, j, near, 64);
  }
}

/** One filter of 1024 bits against those of the right from `b` to `end`, four at a time. */
function against1024(i: i32, a: usize, weight: f32, loose: v128, j: i32, end: i32): void {
  const a0 = v128.load(a, 0);
  const a1 = v128.load(a, 16);
  const a2 = v128.load(a, 32);
  const a3 = v128.load(a, 48);
  const a4 = v128.load(a, 64);
  const a5 = v128.load(a, 80);
  const a6 = v128.load(a, 96);
  const a7 = v128.load(a, 112);
  const weights = f32x4.splat(weight);
  for (; j < end; j += 4) {
    const b = right + <usize>j * 128;
    const r0 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a0, v128.load(b + 0 * 128, 0))),
            i8x16.popcnt(v128.and(a1, v128.load(b + 0 * 128, 16))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a2, v128.load(b + 0 * 128, 32))),
            i8x16.popcnt(v128.and(a3, v128.load(b + 0 * 128, 48))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a4, v128.load(b + 0 * 128, 64))),
            i8x16.popcnt(v128.and(a5, v128.load(b + 0 * 128, 80))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a6, v128.load(b + 0 * 128, 96))),
            i8x16.popcnt(v128.and(a7, v128.load(b + 0 * 128, 112))),
          ),
        ),
      ),
    );
    const r1 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a0, v128.load(b + 1 * 128, 0))),
            i8x16.popcnt(v128.and(a1, v128.load(b + 1 * 128, 16))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a2, v128.load(b + 1 * 128, 32))),
            i8x16.popcnt(v128.and(a3, v128.load(b + 1 * 128, 48))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a4, v128.load(b + 1 * 128, 64))),
            i8x16.popcnt(v128.and(a5, v128.load(b + 1 * 128, 80))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a6, v128.load(b + 1 * 128, 96))),
            i8x16.popcnt(v128.and(a7, v128.load(b + 1 * 128, 112))),
          ),
        ),
      ),
    );
    const r2 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a0, v128.load(b + 2 * 128, 0))),
            i8x16.popcnt(v128.and(a1, v128.load(b + 2 * 128, 16))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a2, v128.load(b + 2 * 128, 32))),
            i8x16.popcnt(v128.and(a3, v128.load(b + 2 * 128, 48))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a4, v128.load(b + 2 * 128, 64))),
            i8x16.popcnt(v128.and(a5, v128.load(b + 2 * 128, 80))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a6, v128.load(b + 2 * 128, 96))),
            i8x16.popcnt(v128.and(a7, v128.load(b + 2 * 128, 112))),
          ),
        ),
      ),
    );
    const r3 = lanes(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a0, v128.load(b + 3 * 128, 0))),
            i8x16.popcnt(v128.and(a1, v128.load(b + 3 * 128, 16))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a2, v128.load(b + 3 * 128, 32))),
            i8x16.popcnt(v128.and(a3, v128.load(b + 3 * 128, 48))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            i8x16.popcnt(v128.and(a4, v128.load(b + 3 * 128, 64))),
            i8x16.popcnt(v128.and(a5, v128.load(b + 3 * 128, 80))),
          ),
          i8x16.add(
            i8x16.popcnt(v128.and(a6, v128.load(b + 3 * 128, 96))),
            i8x16.popcnt(v128.and(a7, v128.load(b + 3 * 128, 112))),
          ),
        ),
      ),
    );
    const both = across(r0, r1, r2, r3);
    const twice = f32x4.convert_i32x4_s(i32x4.add(both, both));
    const ones = f32x4.add(weights, v128.load(rightWeights + ((<usize>j) << 2)));
    const near = i32x4.bitmask(f32x4.ge(twice, f32x4.mul(loose, ones)));
    if (near !== 0) keep(i, a, weight, j, near, 128);
  }
}

/** One filter of any length against those of the right, four at a time. */
function againstAny(i: i32, a: usize, weight: f32, loose: v128, j: i32, end: i32, bytes: usize): void {
  const weights = f32x4.splat(weight);
  for (; j < end; j += 4) {
    const b = right + <usize>j * bytes;
    const both = across(
      common(a, b, bytes),
      common(a, b + bytes, bytes),
      common(a, b + 2 * bytes, bytes),
      common(a, b + 3 * bytes, bytes),
    );
    const twice = f32x4.convert_i32x4_s(i32x4.add(both, both));
    const ones = f32x4.add(weights, v128.load(rightWeights + ((<usize>j) << 2)));
    const near = i32x4.bitmask(f32x4.ge(twice, f32x4.mul(loose, ones)));
    if (near !== 0) keep(i, a, weight, j, near, bytes);
  }
}

/**
 * Compares every filter of the left with every one of the right, and writes the numbers of those pairs whose
 * Dice coefficient is at least the threshold, as many as there is room for. Returns how many there were, which
 * may be more. `rightCount` is a multiple of four: the caller pads with empty filters.
 */
export function dense(
  left: usize,
  leftCount: i32,
  leftWeights: usize,
  rightFilters: usize,
  rightCount: i32,
  weightsOfRight: usize,
  bytes: usize,
  leastDice: f64,
  output: usize,
  outputRoom: i32,
): i32 {
  right = rightFilters;
  rightWeights = weightsOfRight;
  threshold = leastDice;
  out = output;
  room = outputRoom;
  found = 0;
  // A little less, because four at a time are compared in single precision.
  const loose = f32x4.splat(<f32>(leastDice - 0.0001));
  for (let tile = 0; tile < rightCount; tile += TILE) {
    const end = min(rightCount, tile + TILE);
    for (let i = 0; i < leftCount; i++) {
      const a = left + <usize>i * bytes;
      const weight = load<f32>(leftWeights + ((<usize>i) << 2));
      if (bytes === 128) against1024(i, a, weight, loose, tile, end);
      else if (bytes === 64) against512(i, a, weight, loose, tile, end);
      else againstAny(i, a, weight, loose, tile, end, bytes);
    }
  }
  return found;
}
