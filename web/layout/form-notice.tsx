import type { VNode } from 'preact';
import { Refused } from '../../src/errors.ts';
import type { Visit } from '../visit.ts';

/** What is wrong with what a form sent, above the form and read out at once. */
export function FormNotice({
  visit,
  refused,
}: {
  readonly visit: Visit;
  readonly refused: Refused | undefined;
}): VNode | null {
  if (refused === undefined) return null;
  return (
    <div class="notice" role="alert">
      <p>{visit.say('form.refused')}</p>
      <p lang="en">{refused.message}</p>
    </div>
  );
}

/** What a form asked for was done, or why it was refused; anything else is not about the form. */
export async function attempted(work: () => Promise<unknown>): Promise<Refused | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
