/** The versions of the protocol by name and number. RFC 8446 4.1.2, RFC 6101 5.6.1.2 */
export const VERSIONS = {
  'SSL 3.0': 0x0300,
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
} as const;

export type VersionName = keyof typeof VERSIONS;

/** The name of a version; one that nobody has defined is shown as its number. */
export function versionName(number: number): string {
  const known = Object.entries(VERSIONS).find(([, value]) => value === number);
  return known?.[0] ?? `version 0x${number.toString(16).padStart(4, '0')}`;
}
