import type { Certificate } from '../certificate.ts';
import type { Policy } from '../policy.ts';
import type { PrimaryReason } from '../primary.ts';
import { sensitiveParts, type Table } from '../table.ts';
import { type Finding, found } from './finding.ts';
import { valueIn } from './surroundings.ts';

/** What must be hidden is hidden, what must be shown is not. */
export function whatIsShown(
  table: Table,
  policy: Policy,
  certificate: Certificate,
  hidden: ReadonlySet<string>,
  primary: ReadonlyMap<string, PrimaryReason>,
): Finding[] {
  const small = table.cells.filter(
    ({ id, v, fixed, magnitude }) =>
      !hidden.has(id) &&
      !fixed &&
      (primary.has(id) || (table.primary === undefined && !magnitude && v >= 1 && v < policy.threshold)),
  );
  const withheld = table.cells.filter((cell) => cell.withheld && !hidden.has(cell.id));
  const open = table.cells.filter((cell) => cell.fixed && hidden.has(cell.id));
  const gone = new Set(
    table.cells.filter(({ id, withheld }) => !withheld && hidden.has(id)).map(({ id }) => id),
  );
  const hiddenFigures = new Set(certificate.hiddenFigures);
  const figures = table.figures.filter(
    (figure) => !hiddenFigures.has(figure.id) && figure.operands.some((id) => gone.has(id)),
  );
  // A zero that says something of everybody in a group may be hidden whatever becomes of other zeros.
  const ofGroups = sensitiveParts(table);
  const zeros = table.cells
    .filter(({ id, v }) => v === 0 && gone.has(id) && !(ofGroups.has(id) && primary.get(id) === 'group'))
    .map(({ id }) => id);
  const mayHideZeros =
    policy.zeros === 'hideable' || policy.zerosGiveWay || zeros.every((id) => primary.has(id));
  return [
    ...found(
      'SMALL_CELL_SHOWN',
      [...small, ...withheld].map(({ id }) => id),
    ),
    ...found(
      'PUBLIC_CELL_HIDDEN',
      open.map(({ id }) => id),
    ),
    ...found(
      'FIGURE_SHOWN',
      figures.map(({ id }) => id),
    ),
    ...found('ZERO_HIDDEN', certificate.zeros === 'shown' || !mayHideZeros ? zeros : []),
  ];
}

/** No line is left with hidden parts that a guess would settle. */
export function keepsLineRule(table: Table, policy: Policy, hidden: ReadonlySet<string>): Finding[] {
  const rule = policy.lineRule;
  if (rule === undefined || policy.bar !== 'B') return [];
  const broken = table.eqs.filter(([total, parts]) => {
    if (hidden.has(total)) return false;
    const gone = parts.filter((part) => hidden.has(part)).map((part) => valueIn(table).get(part) ?? 0);
    const counted = gone.filter((v) => v > 0);
    if (counted.length === 0) return false;
    const sum = counted.reduce((so, v) => so + v, 0);
    return (
      sum < rule.sumBelow ||
      counted.every((v) => v <= rule.everyAtMost) ||
      counted.every((v) => v === policy.threshold - 1)
    );
  });
  return found(
    'LINE_RULE',
    broken.map(([total]) => total),
  );
}
