/** The content of a file in order. Bytes come in whatever pieces their source has; none come after the end. */
export interface ByteStream {
  /** Fills the front of `into` and answers how far; 0 only at the end. */
  read(into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Reads until `into` is full or the stream ends, so that how a source cuts its pieces changes nothing. */
export async function fill(stream: ByteStream, into: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const read = await stream.read(filled === 0 ? into : into.subarray(filled));
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
