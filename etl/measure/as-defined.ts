/** The catalogue as it was defined on an earlier day: terms and metrics in the version that was in force then. Pure. */
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Metric } from '../../src/contracts/metric.ts';
import type { TermVersion } from '../../src/contracts/term.ts';
import { NotFound } from '../../src/errors.ts';

/** Every period is counted by the wording of that day, also periods before and after it. */
export function termsAsDefinedOn(contracts: Contracts, day: string): Contracts {
  const terms = [...contracts.terms].map(([name, term]) => {
    const versions = [inForce(term.versions, day) ?? term.versions[0]].flatMap((version) => version ?? []);
    const local = term.local.filter((version) => isInForce(version, day));
    return [name, { ...term, versions: versions.map(forEver), local: local.map(forEver) }] as const;
  });
  return { ...contracts, terms: new Map(terms) };
}

interface Asked {
  readonly definedOn?: string | undefined;
  readonly versions?: ReadonlyMap<string, number> | undefined;
}

/** The versions that are not the newest: those in force on the day, and over them those that were asked for by number. */
export function metricVersions({ metrics }: Contracts, asked: Asked): ReadonlyMap<string, number> {
  const { definedOn } = asked;
  const versions = new Map(
    definedOn === undefined
      ? []
      : [...metrics.values()].flatMap((metric) => {
          const then = versionOn(metric, definedOn);
          return then === metric.version ? [] : [[metric.id, then] as const];
        }),
  );
  for (const [id, version] of asked.versions ?? []) {
    const metric = metrics.get(id);
    if (metric === undefined)
      throw new NotFound('NO_METRIC', `there is no metric ${id}`, {
        remedy: '`npx tessera metrics list` names them',
      });
    if (version < 1 || version > metric.version)
      throw new NotFound('METRIC_VERSION', `the metric ${id} has no version ${version}`, {
        remedy: `its versions are 1 to ${metric.version}`,
      });
    versions.set(id, version);
  }
  return versions;
}

function versionOn({ changes }: Metric, day: string): number {
  return 1 + changes.filter(({ on }) => on <= day).length;
}

function inForce(versions: readonly TermVersion[], day: string): TermVersion | undefined {
  return versions.find((version) => isInForce(version, day));
}

function isInForce({ effectiveFrom, effectiveTo }: TermVersion, day: string): boolean {
  return effectiveFrom <= day && day <= (effectiveTo ?? '9999-12-31');
}

function forEver<Version extends TermVersion>(version: Version): Version {
  return { ...version, effectiveFrom: '0001-01-01', effectiveTo: undefined };
}
