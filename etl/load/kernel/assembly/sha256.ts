/**
 * SHA-256 (FIPS 180-4) of short messages that all begin with the same 64 bytes, in AssemblyScript.
 *
 * The 64 bytes are one block of the hash. It is compressed once, in `begin`, so that a message of up to 55 more
 * bytes costs a single compression. What comes out is the first half of the hash, in hexadecimal digits.
 */

/** The caller writes here: the common block before `begin`, and then each message's own bytes. */
export const INPUT: usize = 4096;
export const INPUT_BYTES: i32 = 256;
/** The 32 digits of half a hash appear here. */
export const OUTPUT: usize = INPUT + 256 + 128;

const BEGUN: usize = OUTPUT + 64;
const STATE: usize = BEGUN + 32;
const SCHEDULE: usize = STATE + 32;

const INITIAL = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

const DIGITS = memory.data<u8>([48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102]);

/** What a round adds, but for the choice and the majority. */
function first(e: u32, f: u32, g: u32, h: u32, at: usize): u32 {
  const sigma = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
  return h + sigma + (g ^ (e & (f ^ g))) + load<u32>(SCHEDULE + at);
}

function second(a: u32, b: u32, c: u32): u32 {
  return (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)));
}

/** The words of a block with the constants of their rounds already added. */
function schedule(block: usize): void {
  for (let at: usize = 0; at < 64; at += 4) store<u32>(SCHEDULE + at, bswap<u32>(load<u32>(block + at)));
  for (let at: usize = SCHEDULE + 64; at < SCHEDULE + 256; at += 4) {
    const early = load<u32>(at - 60);
    const late = load<u32>(at - 8);
    const s0 = rotr<u32>(early, 7) ^ rotr<u32>(early, 18) ^ (early >>> 3);
    const s1 = rotr<u32>(late, 17) ^ rotr<u32>(late, 19) ^ (late >>> 10);
    store<u32>(at, load<u32>(at - 64) + s0 + load<u32>(at - 28) + s1);
  }
  for (let at: usize = 0; at < 256; at += 16)
    v128.store(SCHEDULE + at, v128.add<i32>(v128.load(SCHEDULE + at), v128.load(K + at)));
}

/** Eight rounds in a row, so that the eight words change their names and not their places. */
function compress(state: usize, block: usize): void {
  schedule(block);
  let a = load<u32>(state, 0);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  for (let at: usize = 0; at < 256; at += 32) {
    h = first(e, f, g, h, at);
    d += h;
    h += second(a, b, c);
    g = first(d, e, f, g, at + 4);
    c += g;
    g += second(h, a, b);
    f = first(c, d, e, f, at + 8);
    b += f;
    f += second(g, h, a);
    e = first(b, c, d, e, at + 12);
    a += e;
    e += second(f, g, h);
    d = first(a, b, c, d, at + 16);
    h += d;
    d += second(e, f, g);
    c = first(h, a, b, c, at + 20);
    g += c;
    c += second(d, e, f);
    b = first(g, h, a, b, at + 24);
    f += b;
    b += second(c, d, e);
    a = first(f, g, h, a, at + 28);
    e += a;
    a += second(b, c, d);
  }
  store<u32>(state, load<u32>(state, 0) + a, 0);
  store<u32>(state, load<u32>(state, 4) + b, 4);
  store<u32>(state, load<u32>(state, 8) + c, 8);
  store<u32>(state, load<u32>(state, 12) + d, 12);
  store<u32>(state, load<u32>(state, 16) + e, 16);
  store<u32>(state, load<u32>(state, 20) + f, 20);
  store<u32>(state, load<u32>(state, 24) + g, 24);
  store<u32>(state, load<u32>(state, 28) + h, 28);
}

/** Takes the 64 bytes at INPUT for the beginning of every message to come. */
export function begin(): void {
  memory.copy(BEGUN, INITIAL, 32);
  compress(BEGUN, INPUT);
}

/** Hashes the common block and `bytes` more bytes at INPUT; leaves the digits of half the hash at OUTPUT. */
export function halfHash(bytes: i32): void {
  const padded = (bytes + 9 + 63) & ~63;
  memory.fill(INPUT + bytes, 0, padded - bytes);
  store<u8>(INPUT + bytes, 0x80);
  store<u32>(INPUT + padded - 4, bswap<u32>((64 + bytes) << 3));
  memory.copy(STATE, BEGUN, 32);
  for (let done = 0; done < padded; done += 64) compress(STATE, INPUT + done);
  for (let i: usize = 0; i < 16; i++) {
    const byte = load<u8>(STATE + (i ^ 3));
    store<u8>(OUTPUT + 2 * i, load<u8>(DIGITS + (byte >> 4)));
    store<u8>(OUTPUT + 2 * i + 1, load<u8>(DIGITS + (byte & 15)));
  }
}
