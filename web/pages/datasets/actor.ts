/** Who does something on the pages of datasets, and to what. */
import type { Actor } from '../../../src/datasets/request.ts';
import type { Visit } from '../../visit.ts';

export function actorOf({ viewer: { person, name, role } }: Visit): Actor | undefined {
  return person === undefined ? undefined : { person, name: name ?? null, role };
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
