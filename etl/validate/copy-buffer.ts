/** Bytes on their way to COPY. One buffer serves a whole file: it grows to its largest batch and is emptied in between. */
export class CopyBuffer {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 1 << 20) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  /**
   * Makes room for so many bytes after those in use; `bytes` may be another buffer afterwards. What was written
   * beyond those in use is kept too, since a row in the making lies there.
   */
  reserve(room: number): void {
    const wanted = this.length + room;
    if (wanted <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(wanted, this.bytes.length * 2));
    this.bytes.copy(grown);
    this.bytes = grown;
  }

  /** The bytes in use; a view, valid until the buffer is cleared and written again. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}
