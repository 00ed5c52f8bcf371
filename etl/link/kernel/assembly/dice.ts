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
let split: usize = 0;
let rightWeights: usize = 0;
let threshold: f64 = 0;
let out: usize = 0;
let room: i32 = 0;
let found: i32 = 0;

/** Decides in double precision on those of four pairs that single precision let through. */
function keep(i: i32, a: usize, weight: f32, j: i32, near: i32, bytes: usize): void {
  for (let k = 0; near !== 0; k++, near >>= 1) {
    if ((near & 1) === 0) continue;
    const total = <f64>weight + <f64>load<f32>(rightWeights + ((<usize>(j + k)) << 2));
    const shared: i32 = 2 * sum(common(a, right + <usize>(j + k) * bytes, bytes));
    if (total === 0 || <f64>shared / total < threshold) continue;
    if (found < room) {
      const at = out + <usize>found * 12;
      store<u32>(at, <u32>i, 0);
      store<u32>(at, <u32>(j + k), 4);
      store<f32>(at, <f32>(<f64>shared / total), 8);
    }
    found++;
  }
}

// The number of ones of each number from 0 to 15.
const ONES_OF_NIBBLE = memory.data<u8>([0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4], 16);

function low(bytes: v128): v128 {
  return v128.and(bytes, i8x16.splat(15));
}

function high(bytes: v128): v128 {
  return i8x16.shr_u(bytes, 4);
}

/** Ones per byte, from the halves of each byte; all are below 16, so that a relaxed swizzle is a plain look-up. */
function count(lows: v128, highs: v128): v128 {
  const table = v128.load(ONES_OF_NIBBLE);
  return i8x16.add(i8x16.relaxed_swizzle(table, lows), i8x16.relaxed_swizzle(table, highs));
}

/** Twice the sum of each of four vectors of sixteen-bit numbers, as floats. */
function twiceAcross(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i16x8.add(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
  const cd = i16x8.add(v128.shuffle<i64>(c, d, 0, 2), v128.shuffle<i64>(c, d, 1, 3));
  const two = i16x8.splat(2);
  const left = i32x4.dot_i16x8_s(ab, two);
  const right = i32x4.dot_i16x8_s(cd, two);
  const all = i32x4.add(
    v128.shuffle<i32>(left, right, 0, 2, 4, 6),
    v128.shuffle<i32>(left, right, 1, 3, 5, 7),
  );
  return f32x4.convert_i32x4_s(all);
}

/** Writes the lower and the upper halves of each byte of a tile apart, once for all filters of the left. */
function splitTile(from: usize, to: usize): void {
  let at = split;
  for (; from < to; from += 16, at += 32) {
    const bytes = v128.load(from);
    v128.store(at, low(bytes));
    v128.store(at, high(bytes), 16);
  }
}

/** One filter of 512 bits against those of a split tile, four at a time. */
function against512(i: i32, a: usize, weight: f32, loose: v128, tile: i32, end: i32): void {
  const low0 = low(v128.load(a, 0));
  const high0 = high(v128.load(a, 0));
  const low1 = low(v128.load(a, 16));
  const high1 = high(v128.load(a, 16));
  const low2 = low(v128.load(a, 32));
  const high2 = high(v128.load(a, 32));
  const low3 = low(v128.load(a, 48));
  const high3 = high(v128.load(a, 48));
  const weights = f32x4.splat(weight);
  let b = split;
  for (let j = tile; j < end; j += 4) {
    const r0 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          count(v128.and(low0, v128.load(b, 0)), v128.and(high0, v128.load(b, 16))),
          count(v128.and(low1, v128.load(b, 32)), v128.and(high1, v128.load(b, 48))),
        ),
        i8x16.add(
          count(v128.and(low2, v128.load(b, 64)), v128.and(high2, v128.load(b, 80))),
          count(v128.and(low3, v128.load(b, 96)), v128.and(high3, v128.load(b, 112))),
        ),
      ),
    );
    const r1 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          count(v128.and(low0, v128.load(b, 128)), v128.and(high0, v128.load(b, 144))),
          count(v128.and(low1, v128.load(b, 160)), v128.and(high1, v128.load(b, 176))),
        ),
        i8x16.add(
          count(v128.and(low2, v128.load(b, 192)), v128.and(high2, v128.load(b, 208))),
          count(v128.and(low3, v128.load(b, 224)), v128.and(high3, v128.load(b, 240))),
        ),
      ),
    );
    const r2 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          count(v128.and(low0, v128.load(b, 256)), v128.and(high0, v128.load(b, 272))),
          count(v128.and(low1, v128.load(b, 288)), v128.and(high1, v128.load(b, 304))),
        ),
        i8x16.add(
          count(v128.and(low2, v128.load(b, 320)), v128.and(high2, v128.load(b, 336))),
          count(v128.and(low3, v128.load(b, 352)), v128.and(high3, v128.load(b, 368))),
        ),
      ),
    );
    const r3 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          count(v128.and(low0, v128.load(b, 384)), v128.and(high0, v128.load(b, 400))),
          count(v128.and(low1, v128.load(b, 416)), v128.and(high1, v128.load(b, 432))),
        ),
        i8x16.add(
          count(v128.and(low2, v128.load(b, 448)), v128.and(high2, v128.load(b, 464))),
          count(v128.and(low3, v128.load(b, 480)), v128.and(high3, v128.load(b, 496))),
        ),
      ),
    );
    const twice = twiceAcross(r0, r1, r2, r3);
    const ones = f32x4.add(weights, v128.load(rightWeights + ((<usize>j) << 2)));
    const near = i32x4.bitmask(f32x4.ge(twice, f32x4.mul(loose, ones)));
    if (near !== 0) keep(i, a, weight, j, near, 64);
    b += 512;
  }
}

/** One filter of 1024 bits against those of a split tile, four at a time. */
function against1024(i: i32, a: usize, weight: f32, loose: v128, tile: i32, end: i32): void {
  const low0 = low(v128.load(a, 0));
  const high0 = high(v128.load(a, 0));
  const low1 = low(v128.load(a, 16));
  const high1 = high(v128.load(a, 16));
  const low2 = low(v128.load(a, 32));
  const high2 = high(v128.load(a, 32));
  const low3 = low(v128.load(a, 48));
  const high3 = high(v128.load(a, 48));
  const low4 = low(v128.load(a, 64));
  const high4 = high(v128.load(a, 64));
  const low5 = low(v128.load(a, 80));
  const high5 = high(v128.load(a, 80));
  const low6 = low(v128.load(a, 96));
  const high6 = high(v128.load(a, 96));
  const low7 = low(v128.load(a, 112));
  const high7 = high(v128.load(a, 112));
  const weights = f32x4.splat(weight);
  let b = split;
  for (let j = tile; j < end; j += 4) {
    const r0 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            count(v128.and(low0, v128.load(b, 0)), v128.and(high0, v128.load(b, 16))),
            count(v128.and(low1, v128.load(b, 32)), v128.and(high1, v128.load(b, 48))),
          ),
          i8x16.add(
            count(v128.and(low2, v128.load(b, 64)), v128.and(high2, v128.load(b, 80))),
            count(v128.and(low3, v128.load(b, 96)), v128.and(high3, v128.load(b, 112))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            count(v128.and(low4, v128.load(b, 128)), v128.and(high4, v128.load(b, 144))),
            count(v128.and(low5, v128.load(b, 160)), v128.and(high5, v128.load(b, 176))),
          ),
          i8x16.add(
            count(v128.and(low6, v128.load(b, 192)), v128.and(high6, v128.load(b, 208))),
            count(v128.and(low7, v128.load(b, 224)), v128.and(high7, v128.load(b, 240))),
          ),
        ),
      ),
    );
    const r1 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            count(v128.and(low0, v128.load(b, 256)), v128.and(high0, v128.load(b, 272))),
            count(v128.and(low1, v128.load(b, 288)), v128.and(high1, v128.load(b, 304))),
          ),
          i8x16.add(
            count(v128.and(low2, v128.load(b, 320)), v128.and(high2, v128.load(b, 336))),
            count(v128.and(low3, v128.load(b, 352)), v128.and(high3, v128.load(b, 368))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            count(v128.and(low4, v128.load(b, 384)), v128.and(high4, v128.load(b, 400))),
            count(v128.and(low5, v128.load(b, 416)), v128.and(high5, v128.load(b, 432))),
          ),
          i8x16.add(
            count(v128.and(low6, v128.load(b, 448)), v128.and(high6, v128.load(b, 464))),
            count(v128.and(low7, v128.load(b, 480)), v128.and(high7, v128.load(b, 496))),
          ),
        ),
      ),
    );
    const r2 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            count(v128.and(low0, v128.load(b, 512)), v128.and(high0, v128.load(b, 528))),
            count(v128.and(low1, v128.load(b, 544)), v128.and(high1, v128.load(b, 560))),
          ),
          i8x16.add(
            count(v128.and(low2, v128.load(b, 576)), v128.and(high2, v128.load(b, 592))),
            count(v128.and(low3, v128.load(b, 608)), v128.and(high3, v128.load(b, 624))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            count(v128.and(low4, v128.load(b, 640)), v128.and(high4, v128.load(b, 656))),
            count(v128.and(low5, v128.load(b, 672)), v128.and(high5, v128.load(b, 688))),
          ),
          i8x16.add(
            count(v128.and(low6, v128.load(b, 704)), v128.and(high6, v128.load(b, 720))),
            count(v128.and(low7, v128.load(b, 736)), v128.and(high7, v128.load(b, 752))),
          ),
        ),
      ),
    );
    const r3 = i16x8.extadd_pairwise_i8x16_u(
      i8x16.add(
        i8x16.add(
          i8x16.add(
            count(v128.and(low0, v128.load(b, 768)), v128.and(high0, v128.load(b, 784))),
            count(v128.and(low1, v128.load(b, 800)), v128.and(high1, v128.load(b, 816))),
          ),
          i8x16.add(
            count(v128.and(low2, v128.load(b, 832)), v128.and(high2, v128.load(b, 848))),
            count(v128.and(low3, v128.load(b, 864)), v128.and(high3, v128.load(b, 880))),
          ),
        ),
        i8x16.add(
          i8x16.add(
            count(v128.and(low4, v128.load(b, 896)), v128.and(high4, v128.load(b, 912))),
            count(v128.and(low5, v128.load(b, 928)), v128.and(high5, v128.load(b, 944))),
          ),
          i8x16.add(
            count(v128.and(low6, v128.load(b, 960)), v128.and(high6, v128.load(b, 976))),
            count(v128.and(low7, v128.load(b, 992)), v128.and(high7, v128.load(b, 1008))),
          ),
        ),
      ),
    );
    const twice = twiceAcross(r0, r1, r2, r3);
    const ones = f32x4.add(weights, v128.load(rightWeights + ((<usize>j) << 2)));
    const near = i32x4.bitmask(f32x4.ge(twice, f32x4.mul(loose, ones)));
    if (near !== 0) keep(i, a, weight, j, near, 128);
    b += 1024;
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
 * may be more. `scratch` takes 24,576 bytes. `rightCount` is a multiple of four: the caller pads with empty filters.
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
  scratch: usize,
): i32 {
  right = rightFilters;
  rightWeights = weightsOfRight;
  threshold = leastDice;
  out = output;
  room = outputRoom;
  found = 0;
  split = scratch;
  // A little less, because four at a time are compared in single precision.
  const loose = f32x4.splat(<f32>(leastDice - 0.0001));
  for (let tile = 0; tile < rightCount; tile += TILE) {
    const end = min(rightCount, tile + TILE);
    if (bytes <= 128) splitTile(right + <usize>tile * bytes, right + <usize>end * bytes);
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
