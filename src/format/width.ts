/** How wide a text is on a terminal; for other folders that draw. */
export { graphemesOf, widthOf } from './pretty/width.ts';
