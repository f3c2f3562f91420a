/** Versions that every result carries. */

/** Of the program. The same as in package.json; a test compares them. */
export const ENGINE = '0.1.0';

/** Of the rules by which findings are judged; counted up when the same observation would be judged differently. */
export const RULES = '1';
