import type { Hidden } from '../hidden.ts';
import type { World } from '../household.ts';
import type { Membership } from '../membership.ts';
import type { Person } from '../person.ts';
import { type Row, Story } from '../story.ts';
import { tellChildWelfare } from './child-welfare.ts';
import { tellEducation } from './education.ts';
import { tellHealth } from './health.ts';
import { tellProbation } from './probation.ts';
import { tellResponse } from './response.ts';
import { tellScope } from './scope.ts';

export interface History {
  readonly rows: readonly Row[];
  /** Somebody identified the young person, or screened them with concern. */
  readonly inScope: boolean;
  readonly withContent: boolean;
}

/** One young person's history as their agencies wrote it down: first what everybody's is told by, then content. */
export function tellHistory(
  world: World,
  person: Person,
  hidden: Hidden | undefined,
  memberships: readonly Membership[],
  until: number,
  evenOutOfScope: boolean,
): History {
  const story = new Story(world, person, hidden, memberships, until);
  const scope = tellScope(story);
  if (scope === undefined && !evenOutOfScope) return { rows: story.rows, inScope: false, withContent: false };
  const told = scope ?? { first: world.asOf, confirmed: undefined };
  const childWelfare = story.at('child_welfare');
  const probation = story.at('probation');
  const education = story.at('education');
  if (childWelfare !== undefined) tellChildWelfare(story, childWelfare, told);
  if (probation !== undefined) tellProbation(story, probation);
  if (education !== undefined) tellEducation(story, education);
  for (const list of ['health', 'mental_health'] as const) {
    const who = story.at(list);
    if (who !== undefined) tellHealth(story, who);
  }
  const lead = childWelfare ?? probation ?? story.at('community');
  if (scope !== undefined && hidden !== undefined && lead !== undefined) tellResponse(story, lead, scope);
  return { rows: story.rows, inScope: scope !== undefined, withContent: true };
}
