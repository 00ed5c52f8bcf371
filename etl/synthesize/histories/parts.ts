/** What every history is told with. */
import { type Day, dayText } from '../day.ts';
import type { Hidden } from '../hidden.ts';
import type { Story } from '../story.ts';

export { ageAt, birthday, type Day, dayText, momentText, yearOf } from '../day.ts';
export { cell, Story, yesNo } from '../story.ts';
export { type Stream, weighted } from '../stream.ts';

export function isExploitedOn(hidden: Hidden | undefined, day: Day): boolean {
  return hidden?.spells.some(({ from, to }) => from <= day && day <= to) === true;
}

/** How much a span of days holds exploitation, as the first such day; none if it holds none. */
export function exploitedBetween(hidden: Hidden | undefined, from: Day, to: Day): Day | undefined {
  const spell = hidden?.spells.find((candidate) => candidate.from <= to && from <= candidate.to);
  return spell === undefined ? undefined : Math.max(spell.from, from);
}

export function monthStart(day: Day): string {
  return `${dayText(day).slice(0, 7)}-01`;
}

/** The age by which a minor's history ends for most feeds. */
export function lastDay(story: Story, age: number): Day {
  const text = dayText(story.person.born);
  const years = Number(text.slice(0, 4)) + age;
  return Math.min(
    story.until,
    Date.UTC(years, Number(text.slice(5, 7)) - 1, Number(text.slice(8))) / 86_400_000,
  );
}
