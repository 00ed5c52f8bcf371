/** Places a point of California on its map: Albers' conic projection with the parallels of the outlines. */

/** How the cone is laid on the page. */
export interface Plane {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const RADIANS = Math.PI / 180;
const SOUTH = Math.sin(34 * RADIANS);
const CONE = (SOUTH + Math.sin(40.5 * RADIANS)) / 2;
const SPREAD = 1 + SOUTH * (2 * CONE - SOUTH);
const MERIDIAN = -120;

/** On the cone, in radii of the earth. */
export function onCone(latitude: number, longitude: number): { readonly x: number; readonly y: number } {
  const radius = Math.sqrt(SPREAD - 2 * CONE * Math.sin(latitude * RADIANS)) / CONE;
  const angle = (longitude - MERIDIAN) * RADIANS * CONE;
  return { x: radius * Math.sin(angle), y: Math.sqrt(SPREAD) / CONE - radius * Math.cos(angle) };
}

export function onMap(
  plane: Plane,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
): { readonly x: number; readonly y: number } {
  const { x, y } = onCone(latitude, longitude);
  return { x: plane.x + plane.scale * x, y: plane.y - plane.scale * y };
}
