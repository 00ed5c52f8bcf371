import type { Edges } from './edges.ts';
import { type Model, probability, weightsOf } from './model.ts';
import type { Step } from './score.ts';

/**
 * Pictures of a run as SVG. Each has a title and a description in words, so that it says the same to somebody
 * who cannot see it; colours are told apart by position and label as well.
 */

const WIDTH = 720;
const FOR = '#1a5c8a';
const AGAINST = '#b3541e';
const INK = '#222';

function svg(height: number, title: string, description: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="12">`,
    `<title id="t">${escape(title)}</title><desc id="d">${escape(description)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="24" font-size="15" font-weight="bold" fill="${INK}">${escape(title)}</text>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function label(x: number, y: number, text: string, anchor: 'start' | 'end' | 'middle' = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${INK}">${escape(text)}</text>`;
}

/** A bar from the middle to the right for what speaks for a match, to the left for what speaks against. */
function bar(weight: number, y: number, most: number): string {
  const middle = 430;
  const length = (Math.abs(weight) / most) * 220;
  const x = weight < 0 ? middle - length : middle;
  const colour = weight < 0 ? AGAINST : FOR;
  const text = label(
    weight < 0 ? x - 4 : x + length + 4,
    y + 12,
    weight.toFixed(1),
    weight < 0 ? 'end' : 'start',
  );
  return `<rect x="${x.toFixed(1)}" y="${y}" width="${length.toFixed(1)}" height="16" fill="${colour}"/>${text}`;
}

/** What each level of agreement of each field weighs. */
export function weightsPicture(model: Model): string {
  const weights = weightsOf(model);
  const rows = model.fields.flatMap(({ name, levels }, field) =>
    levels.flatMap((level, i) => (i === 0 ? [] : [{ name, level, weight: weights[field]?.[i] ?? 0 }])),
  );
  const most = Math.max(1, ...rows.map(({ weight }) => Math.abs(weight)));
  const body = rows.map(({ name, level, weight }, i) => {
    const y = 44 + i * 20;
    return `${label(16, y + 12, name)}${label(190, y + 12, level)}${bar(weight, y, most)}`;
  });
  const description = rows
    .map(({ name, level, weight }) => `${name} ${level} ${weight.toFixed(1)}`)
    .join('; ');
  return svg(60 + rows.length * 20, 'What each level of agreement weighs, in bits', description, body);
}

/** The way from the prior to the weight of one pair. */
export function waterfallPicture(prior: number, steps: readonly Step[]): string {
  const rows = [
    { name: 'any two records', level: '', weight: prior },
    ...steps.map((step) => ({ name: step.field, level: step.level, weight: step.weight })),
  ];
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const most = Math.max(1, Math.abs(total), ...rows.map(({ weight }) => Math.abs(weight)));
  const all = [...rows, { name: 'together', level: `p = ${probability(total).toFixed(4)}`, weight: total }];
  const body = all.map(({ name, level, weight }, i) => {
    const y = 44 + i * 22;
    return `${label(16, y + 12, name)}${label(190, y + 12, level)}${bar(weight, y, most)}`;
  });
  const description = all
    .map(({ name, level, weight }) => `${name} ${level} ${weight.toFixed(1)}`)
    .join('; ');
  return svg(
    60 + all.length * 22,
    'Why one pair was linked: levels and weights, no values',
    description,
    body,
  );
}

/** How many pairs have which weight; the threshold stands among them as a line. */
export function scoresPicture(edges: Edges, threshold: number): string {
  const bins = new Map<number, number>();
  let [low, high] = [Math.floor(threshold) - 5, Math.ceil(threshold) + 5];
  for (const weight of edges.weight) {
    const bin = Math.max(-20, Math.min(80, Math.floor(weight)));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
    low = Math.min(low, bin);
    high = Math.max(high, bin);
  }
  const tallest = Math.max(1, ...bins.values());
  const step = (WIDTH - 80) / (high - low + 1);
  const x = (weight: number): number => 50 + (weight - low) * step;
  const body = [...bins].map(([bin, count]) => {
    const height = (Math.log10(1 + count) / Math.log10(1 + tallest)) * 170;
    const colour = bin >= threshold ? FOR : AGAINST;
    return `<rect x="${x(bin).toFixed(1)}" y="${(230 - height).toFixed(1)}" width="${(step * 0.9).toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
  });
  for (let at = Math.ceil(low / 10) * 10; at <= high; at += 10)
    body.push(label(x(at), 246, String(at), 'middle'));
  body.push(
    `<line x1="${x(threshold).toFixed(1)}" x2="${x(threshold).toFixed(1)}" y1="48" y2="232" stroke="${INK}" stroke-dasharray="4 3"/>`,
  );
  body.push(label(x(threshold) + 4, 58, 'threshold'));
  const linked = edges.weight.reduce((count, weight) => count + (weight >= threshold ? 1 : 0), 0);
  const description = `${edges.weight.length} pairs from weight ${low} to ${high}; ${linked} of them at or above the threshold of ${threshold.toFixed(1)}. Heights are logarithmic.`;
  return svg(262, 'Pairs by weight (heights logarithmic)', description, body);
}

/** The share of records that too little is known of, by threshold. */
export function unlinkablesPicture(curve: readonly { threshold: number; share: number }[]): string {
  const body = curve.map(({ threshold, share }, i) => {
    const y = 44 + i * 22;
    const length = share * 380;
    return `${label(16, y + 12, `p ≥ ${threshold}`)}<rect x="150" y="${y}" width="${length.toFixed(1)}" height="16" fill="${FOR}"/>${label(156 + length, y + 12, `${(share * 100).toFixed(2)} %`)}`;
  });
  const description = curve
    .map(({ threshold, share }) => `${(share * 100).toFixed(2)} percent at ${threshold}`)
    .join('; ');
  return svg(
    60 + curve.length * 22,
    'Records that could not be linked even with their own copy',
    description,
    body,
  );
}
