/** SQL as the hub prints it from what it understood: what runs inside, and the definition of the metric that it would be. */
import type { Query } from './query.ts';
import { PERIOD, PERSON, SOMETIMES, TABLE } from './shape.ts';

/** The table that the researcher meant. */
export function tableSql({ dimensions, where, met }: Query): string {
  const by = [PERIOD, ...dimensions].join(', ');
  const counted = `count(DISTINCT ${PERSON})${met === undefined ? '' : ` FILTER (WHERE ${met})`}`;
  return `SELECT ${by}, ${counted} AS counted, count(DISTINCT ${PERSON}) AS whole FROM ${TABLE} WHERE ${known(dimensions, where)} GROUP BY ${by}`;
}

/** One row is one young person in one period, as every metric's rows are. */
export function metricSql({ dimensions, where, met }: Query): string {
  const columns = [`${PERSON} AS unit`, PERIOD, ...dimensions.map(asDimension)];
  if (met !== undefined) columns.push(`(${met}) IS TRUE AS met`);
  return `SELECT ${columns.join(', ')}\nFROM ${TABLE} WHERE ${known(dimensions, where)}\n`;
}

/** In metrics the public bands are simply the age. */
export function dimensionName(column: string): string {
  return column === 'age_band_public' ? 'age_band' : column;
}

function asDimension(column: string): string {
  const name = dimensionName(column);
  return name === column ? column : `${column} AS ${name}`;
}

function known(dimensions: readonly string[], where: string): string {
  return [
    where,
    ...dimensions.filter((name) => SOMETIMES.has(name)).map((name) => `${name} IS NOT NULL`),
  ].join(' AND ');
}
