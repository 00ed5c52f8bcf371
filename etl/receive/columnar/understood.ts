import type { Batch } from '../batch.ts';

/** Batches of a library that throws whatever it stumbles over; `damaged` says what is wrong in our words. */
export async function* understood(
  batches: AsyncIterable<Batch>,
  damaged: (error: unknown) => never,
): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (error) {
    damaged(error);
  }
}
