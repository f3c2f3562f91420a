/** What the requests in XML have in common. */

/**
 * Text for an XML document, whatever it is. What XML has no way of writing (most control characters, half of a surrogate pair)
 * becomes U+FFFD: a server should refuse the address for what it is, not for broken XML. XML 1.0, 2.2
 */
export function escapeText(text: string): string {
  return [...text.toWellFormed()].map(escapeCharacter).join('');
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '\t':
    case '\n':
    case '\r':
      return `&#${character.charCodeAt(0)};`;
    case '\ufffe':
    case '\uffff':
      return '\ufffd';
    default:
      return character < ' ' ? '\ufffd' : character;
  }
}
