/** A dimension as a form and the head of a column say it. */
export function dimensionName(by: string): string {
  const words = by.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
