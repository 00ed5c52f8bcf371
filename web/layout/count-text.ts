import { bandOf } from '../../src/access/band.ts';
import type { Permission } from '../../src/access/permit.ts';
import type { Visit } from '../visit.ts';

/** Operational counts as the permission tells them: as they are, or in bands. */
export function countsFor(visit: Visit): (count: number) => string {
  return visit.permission?.exact === true ? (count) => visit.number(count, 0) : bandOf;
}

/** The permission of a page that has one by its route. */
export function permissionOf({ permission }: Visit): Permission {
  if (permission === undefined) throw new Error('the route of this page names no operation');
  return permission;
}
