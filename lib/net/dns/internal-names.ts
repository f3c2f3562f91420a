/** Names that nobody outside one network can resolve: single words, and endings that the public DNS will never have. */

/** Each with who keeps it out of the public DNS. `.test` is not among them: whoever asks for it has set it up. */
const ENDINGS: readonly (readonly [ending: string, source: string])[] = [
  ['local', 'RFC 6762'],
  ['localhost', 'RFC 6761'],
  ['invalid', 'RFC 6761'],
  ['onion', 'RFC 7686'],
  ['alt', 'RFC 9476'],
  ['home.arpa', 'RFC 8375'],
  ['internal', 'reserved by ICANN in 2024'],
  // Too many networks use them for ICANN to ever give them to anybody: decision of 4 February 2018.
  ['corp', 'never delegated by ICANN'],
  ['home', 'never delegated by ICANN'],
  ['mail', 'never delegated by ICANN'],
  // RFC 6762 appendix G: in use inside, and not to be given out either.
  ['intranet', 'RFC 6762 appendix G'],
  ['private', 'RFC 6762 appendix G'],
  ['lan', 'RFC 6762 appendix G'],
  // Presets of routers and installers.
  ['localdomain', 'not delegated'],
  ['intra', 'not delegated'],
  ['workgroup', 'not delegated'],
];

/** Why a name cannot exist outside, as the second half of a sentence; null where it can. */
export function whyInternal(host: string): string | null {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length === 1) return 'it is a single word, without a domain';
  const known = ENDINGS.find(([ending]) => endsWith(labels, ending.split('.')));
  return known ? `.${known[0]} is an ending for inside use only (${known[1]})` : null;
}

function endsWith(labels: readonly string[], ending: readonly string[]): boolean {
  return ending.every((label, at) => labels[labels.length - ending.length + at] === label);
}
