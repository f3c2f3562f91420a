/** Short forms of names, so that a long one neither hides the others nor fills the page. */

/** The longest that is drawn of anything that a certificate says of itself. */
const LONGEST = 300;

/** The name by which people know a certificate: the common name, else the whole distinguished name. RFC 4514 2.4 */
export function commonName(name: string): string {
  const found = /(?:^|[,\n]\s*)CN=((?:[^,\n\\]|\\.)+)/.exec(name)?.[1]?.trim();
  return found === undefined ? oneLine(name) : cut(found.replaceAll(/\\([^0-9a-f])/gi, '$1'));
}

/** A distinguished name in one line. */
export const oneLine = (name: string): string => cut(name.replaceAll('\n', ', '));

/** The text, or its beginning with an ellipsis. */
export function cut(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest).trimEnd()}…`;
}
