import { wasm } from './kernel/blake2b.generated.ts';

interface Kernel {
  readonly INPUT: WebAssembly.Global;
  readonly OUTPUT: WebAssembly.Global;
  readonly STATES: WebAssembly.Global;
  prepare(state: number, keyBytes: number): void;
  hash(state: number, bytes: number): void;
}

/** The longest message that the kernel's scratch space takes. */
export const longestMessage = 8192;

const memory = new WebAssembly.Memory({ initial: 2 });
const kernel = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wasm, 'base64')), {
  env: { memory },
}).exports as unknown as Kernel;
const INPUT = kernel.INPUT.value;
const OUTPUT = kernel.OUTPUT.value;
const STATES = kernel.STATES.value;

let states = 0;
let bytes = new Uint8Array(memory.buffer);

/** The last hash: 64 bytes, also seen as little-endian numbers of 16 and 32 bits. The next hash overwrites it. */
export let digest = new Uint8Array(memory.buffer, OUTPUT, 64);
export let digest16 = new Uint16Array(memory.buffer, OUTPUT, 32);
export let digest32 = new Uint32Array(memory.buffer, OUTPUT, 16);

function growMemory(): void {
  memory.grow(1);
  bytes = new Uint8Array(memory.buffer);
  digest = new Uint8Array(memory.buffer, OUTPUT, 64);
  digest16 = new Uint16Array(memory.buffer, OUTPUT, 32);
  digest32 = new Uint32Array(memory.buffer, OUTPUT, 16);
}

/**
 * A keyed and salted BLAKE2b-512. The block that holds the key is compressed once, here, so that a short
 * message costs a single compression.
 */
export class KeyedBlake2b {
  readonly #state: number;

  constructor(key: Uint8Array, salt: Uint8Array = new Uint8Array(16)) {
    if (key.length < 1 || key.length > 64) throw new RangeError('BLAKE2b takes a key of 1 to 64 bytes');
    if (salt.length !== 16) throw new RangeError('BLAKE2b takes a salt of 16 bytes');
    if (STATES + (states + 1) * 64 > bytes.length) growMemory();
    this.#state = states++;
    bytes.fill(0, INPUT, INPUT + 64);
    bytes.set(key, INPUT);
    bytes.set(salt, INPUT + 64);
    kernel.prepare(this.#state, key.length);
    bytes.fill(0, INPUT, INPUT + 128);
  }

  /** Hashes the UTF-8 bytes of a text that is not empty into `digest`. */
  hashText(text: string): void {
    const { length } = text;
    if (length === 0 || length > longestMessage) return this.hashBytes(Buffer.from(text, 'utf8'));
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return this.hashBytes(Buffer.from(text, 'utf8'));
      bytes[INPUT + i] = code;
    }
    kernel.hash(this.#state, length);
  }

  hashBytes(message: Uint8Array): void {
    if (message.length === 0) throw new RangeError('there is nothing to hash');
    if (message.length > longestMessage)
      throw new RangeError(`a message is longer than ${longestMessage} bytes`);
    bytes.set(message, INPUT);
    kernel.hash(this.#state, message.length);
  }
}
