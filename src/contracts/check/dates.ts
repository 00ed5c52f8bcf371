import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';
import type { TermVersion } from '../term.ts';

interface Stretch {
  readonly what: string;
  readonly from: string;
  readonly to: string | undefined;
  readonly place: Place;
}

/** Everything begins before it ends, and versions of one thing follow each other without gap or overlap. */
export function checkDates(contracts: Contracts): Problem[] {
  return [
    ...stretches(contracts)
      .filter((stretch) => stretch.to !== undefined && stretch.to < stretch.from)
      .map((stretch) => problem('DATES', stretch.place, `${stretch.what} ends before it begins`)),
    ...[...contracts.terms.values()].flatMap((term) => versionsFollow(term.name, term.versions)),
    ...partiesFollow(contracts),
    ...codesMappedInTime(contracts),
  ];
}

function stretches(contracts: Contracts): Stretch[] {
  const of = (
    what: string,
    item: { effectiveFrom: string; effectiveTo: string | undefined; place: Place },
  ): Stretch => ({ what, from: item.effectiveFrom, to: item.effectiveTo, place: item.place });
  return [
    ...[...contracts.codeLists.values()].flatMap((list) =>
      list.codes.map((code) => ({
        what: `${list.name} ${code.code}`,
        from: code.validFrom,
        to: code.validTo,
        place: code.place,
      })),
    ),
    ...[...contracts.mappings.values()].flatMap((mapping) =>
      mapping.fields.flatMap((field) =>
        field.codes.map((code) => ({
          what: `${mapping.agency} ${code.from}`,
          from: code.validFrom,
          to: code.validTo,
          place: code.place,
        })),
      ),
    ),
    ...[...contracts.terms.values()].flatMap((term) =>
      [...term.versions, ...term.local].map((version) => of(term.name, version)),
    ),
    ...[...contracts.clocks.values()].flatMap((clock) =>
      [clock, ...clock.counties].map((version) => of(clock.name, version)),
    ),
    ...contracts.parties.required.map((set) => of(`required for ${set.for}`, set)),
  ];
}

function versionsFollow(name: string, versions: readonly TermVersion[]): Problem[] {
  const [first] = versions;
  if (first === undefined) return [];
  return versions.flatMap((version, at) => {
    const found: Problem[] = [];
    if (version.version !== at + 1)
      found.push(problem('DATES', version.place, `${name}: versions count 1, 2, 3 …`));
    const before = versions[at - 1];
    if (before !== undefined && dayAfter(before.effectiveTo) !== version.effectiveFrom) {
      found.push(
        problem(
          'DATES',
          version.place,
          `${name}: version ${version.version} does not begin the day after the one before it`,
        ),
      );
    }
    return found;
  });
}

function partiesFollow(contracts: Contracts): Problem[] {
  return (['protocol', 'mdt'] as const).flatMap((what) => {
    const sets = contracts.parties.required.filter((set) => set.for === what);
    return sets
      .slice(1)
      .flatMap((set, at) =>
        dayAfter(sets[at]?.effectiveTo) === set.effectiveFrom
          ? []
          : [
              problem(
                'DATES',
                set.place,
                `the parties required for ${what} do not follow each other day by day`,
              ),
            ],
      );
  });
}

/** A mapping may not lead to a code whose time was over before the mapping began. */
function codesMappedInTime(contracts: Contracts): Problem[] {
  return [...contracts.mappings.values()].flatMap((mapping) =>
    mapping.fields.flatMap((field) => {
      const codes = contracts.codeLists.get(field.list)?.codes ?? [];
      return field.codes
        .filter((map) =>
          codes.some((code) => code.code === map.to && (code.validTo ?? '9999') < map.validFrom),
        )
        .map((map) =>
          problem(
            'DATES',
            map.place,
            `${mapping.agency} maps ${map.from} to ${map.to}, which had ended by then`,
          ),
        );
    }),
  );
}

function dayAfter(day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
