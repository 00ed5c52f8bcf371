import type { Group } from './group.ts';

/** Groups from a library that throws whatever it stumbles over; `damaged` says what is wrong in our words. */
export async function* understood(
  groups: AsyncIterable<Group>,
  damaged: (error: unknown) => never,
): AsyncGenerator<Group> {
  try {
    yield* groups;
  } catch (error) {
    damaged(error);
  }
}
