/** What a piece of evidence is called before it has been fetched. */
const names: Record<string, string> = {
  dns: 'DNS answers',
  connections: 'Connections',
  tls: 'TLS handshake',
  'tls-survey': 'What else the server offers',
  certificates: 'Certificates',
  revocation: 'Revocation',
  exchange: 'HTTP exchange',
  settings: 'Settings',
};

export const evidenceName = (kind: string): string => names[kind] ?? `What was seen (${kind})`;
