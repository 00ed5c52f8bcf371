/**
 * BLAKE2b-512 with a key and a salt (RFC 7693 and the BLAKE2 parameter block), in AssemblyScript.
 *
 * Every token of a field is hashed under the same key, and the key fills the first block. So that block is
 * compressed once, in `prepare`, and each token then costs a single compression from the kept state.
 */

/** The caller writes what is to be hashed here. */
export const INPUT: usize = 1024;
export const INPUT_BYTES: i32 = 8192;
/** The 64 bytes of a hash appear here. */
export const OUTPUT: usize = INPUT + 8192 + 128;
/** Kept states, 64 bytes each, from here to the end of memory. */
export const STATES: usize = OUTPUT + 128;

const IV = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
  0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
]);

// Each entry is the offset in bytes of the message word that a half-step of the mixing takes.
const SIGMA = memory.data<u8>([
  0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 112, 80, 32, 64, 72, 120, 104, 48, 8, 96,
  0, 16, 88, 56, 40, 24, 88, 64, 96, 0, 40, 16, 120, 104, 80, 112, 24, 48, 56, 8, 72, 32, 56, 72, 24, 8, 104,
  96, 88, 112, 16, 48, 40, 80, 32, 0, 120, 64, 72, 0, 40, 56, 16, 32, 80, 120, 112, 8, 88, 96, 48, 64, 24,
  104, 16, 96, 48, 80, 0, 88, 64, 24, 32, 104, 56, 40, 120, 112, 8, 72, 96, 40, 8, 120, 112, 104, 32, 80, 0,
  56, 48, 24, 72, 16, 64, 88, 104, 88, 56, 112, 96, 8, 24, 72, 40, 0, 120, 32, 64, 48, 16, 80, 48, 120, 112,
  72, 88, 24, 0, 64, 96, 16, 104, 56, 8, 32, 80, 40, 80, 16, 64, 32, 56, 48, 8, 40, 120, 88, 72, 112, 24, 96,
  104, 0, 0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 112, 80, 32, 64, 72, 120, 104, 48,
  8, 96, 0, 16, 88, 56, 40, 24,
]);

function iv(i: i32): u64 {
  return load<u64>(IV + (i << 3));
}

let block: usize = 0;

function message(row: usize, i: i32): u64 {
  return load<u64>(block + <usize>load<u8>(row + i));
}

/** Compresses the block at `at` into the eight words at `h`; `count` is the number of bytes hashed so far. */
function compress(h: usize, at: usize, count: u64, last: bool): void {
  block = at;
  let v0 = load<u64>(h, 0);
  let v1 = load<u64>(h, 8);
  let v2 = load<u64>(h, 16);
  let v3 = load<u64>(h, 24);
  let v4 = load<u64>(h, 32);
  let v5 = load<u64>(h, 40);
  let v6 = load<u64>(h, 48);
  let v7 = load<u64>(h, 56);
  let v8 = iv(0);
  let v9 = iv(1);
  let v10 = iv(2);
  let v11 = iv(3);
  let v12 = iv(4) ^ count;
  let v13 = iv(5);
  let v14 = last ? ~iv(6) : iv(6);
  let v15 = iv(7);
  for (let row = SIGMA; row < SIGMA + 192; row += 16) {
    v0 = v0 + v4 + message(row, 0);
    v12 = rotr<u64>(v12 ^ v0, 32);
    v8 = v8 + v12;
    v4 = rotr<u64>(v4 ^ v8, 24);
    v0 = v0 + v4 + message(row, 1);
    v12 = rotr<u64>(v12 ^ v0, 16);
    v8 = v8 + v12;
    v4 = rotr<u64>(v4 ^ v8, 63);
    v1 = v1 + v5 + message(row, 2);
    v13 = rotr<u64>(v13 ^ v1, 32);
    v9 = v9 + v13;
    v5 = rotr<u64>(v5 ^ v9, 24);
    v1 = v1 + v5 + message(row, 3);
    v13 = rotr<u64>(v13 ^ v1, 16);
    v9 = v9 + v13;
    v5 = rotr<u64>(v5 ^ v9, 63);
    v2 = v2 + v6 + message(row, 4);
    v14 = rotr<u64>(v14 ^ v2, 32);
    v10 = v10 + v14;
    v6 = rotr<u64>(v6 ^ v10, 24);
    v2 = v2 + v6 + message(row, 5);
    v14 = rotr<u64>(v14 ^ v2, 16);
    v10 = v10 + v14;
    v6 = rotr<u64>(v6 ^ v10, 63);
    v3 = v3 + v7 + message(row, 6);
    v15 = rotr<u64>(v15 ^ v3, 32);
    v11 = v11 + v15;
    v7 = rotr<u64>(v7 ^ v11, 24);
    v3 = v3 + v7 + message(row, 7);
    v15 = rotr<u64>(v15 ^ v3, 16);
    v11 = v11 + v15;
    v7 = rotr<u64>(v7 ^ v11, 63);
    v0 = v0 + v5 + message(row, 8);
    v15 = rotr<u64>(v15 ^ v0, 32);
    v10 = v10 + v15;
    v5 = rotr<u64>(v5 ^ v10, 24);
    v0 = v0 + v5 + message(row, 9);
    v15 = rotr<u64>(v15 ^ v0, 16);
    v10 = v10 + v15;
    v5 = rotr<u64>(v5 ^ v10, 63);
    v1 = v1 + v6 + message(row, 10);
    v12 = rotr<u64>(v12 ^ v1, 32);
    v11 = v11 + v12;
    v6 = rotr<u64>(v6 ^ v11, 24);
    v1 = v1 + v6 + message(row, 11);
    v12 = rotr<u64>(v12 ^ v1, 16);
    v11 = v11 + v12;
    v6 = rotr<u64>(v6 ^ v11, 63);
    v2 = v2 + v7 + message(row, 12);
    v13 = rotr<u64>(v13 ^ v2, 32);
    v8 = v8 + v13;
    v7 = rotr<u64>(v7 ^ v8, 24);
    v2 = v2 + v7 + message(row, 13);
    v13 = rotr<u64>(v13 ^ v2, 16);
    v8 = v8 + v13;
    v7 = rotr<u64>(v7 ^ v8, 63);
    v3 = v3 + v4 + message(row, 14);
    v14 = rotr<u64>(v14 ^ v3, 32);
    v9 = v9 + v14;
    v4 = rotr<u64>(v4 ^ v9, 24);
    v3 = v3 + v4 + message(row, 15);
    v14 = rotr<u64>(v14 ^ v3, 16);
    v9 = v9 + v14;
    v4 = rotr<u64>(v4 ^ v9, 63);
  }
  store<u64>(h, load<u64>(h, 0) ^ v0 ^ v8, 0);
  store<u64>(h, load<u64>(h, 8) ^ v1 ^ v9, 8);
  store<u64>(h, load<u64>(h, 16) ^ v2 ^ v10, 16);
  store<u64>(h, load<u64>(h, 24) ^ v3 ^ v11, 24);
  store<u64>(h, load<u64>(h, 32) ^ v4 ^ v12, 32);
  store<u64>(h, load<u64>(h, 40) ^ v5 ^ v13, 40);
  store<u64>(h, load<u64>(h, 48) ^ v6 ^ v14, 48);
  store<u64>(h, load<u64>(h, 56) ^ v7 ^ v15, 56);
}

/** Starts a hash whose key (1 to 64 bytes) is at INPUT and whose 16 bytes of salt follow at INPUT + 64. */
export function prepare(state: i32, keyBytes: i32): void {
  const h = STATES + ((<usize>state) << 6);
  memory.copy(h, IV, 64);
  store<u64>(h, load<u64>(h) ^ (0x01010040 | ((<u64>keyBytes) << 8)));
  store<u64>(h, load<u64>(h, 32) ^ load<u64>(INPUT, 64), 32);
  store<u64>(h, load<u64>(h, 40) ^ load<u64>(INPUT, 72), 40);
  memory.fill(INPUT + keyBytes, 0, 128 - keyBytes);
  compress(h, INPUT, 128, false);
}

/** Hashes `bytes` (at least one) at INPUT under a prepared state, into OUTPUT. */
export function hash(state: i32, bytes: i32): void {
  memory.copy(OUTPUT, STATES + ((<usize>state) << 6), 64);
  const padded = (bytes + 127) & ~127;
  memory.fill(INPUT + bytes, 0, padded - bytes);
  let done = 0;
  while (bytes - done > 128) {
    done += 128;
    compress(OUTPUT, INPUT + done - 128, <u64>(128 + done), false);
  }
  compress(OUTPUT, INPUT + done, <u64>(128 + bytes), true);
}
