import { Resvg } from '@resvg/resvg-js';
import { PRINTED_FONTS } from '../../fonts.ts';

/** As many dots for each pixel of the drawing: sharp enough on paper for a picture that only old programs need. */
const ZOOM = 1.5;

/** A chart as dots, for programs that cannot draw it: the same renderer and the same fonts on every machine. */
export function raster(svg: string): Buffer {
  return new Resvg(svg, {
    font: {
      fontFiles: [...PRINTED_FONTS],
      loadSystemFonts: false,
      defaultFontFamily: 'Public Sans',
      sansSerifFamily: 'Public Sans',
    },
    fitTo: { mode: 'zoom', value: ZOOM },
  })
    .render()
    .asPng();
}
