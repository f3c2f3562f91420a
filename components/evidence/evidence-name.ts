/** What a piece of evidence is called before it has been fetched. */
const names: Record<string, string> = {
  dns: 'DNS answers',
  srv: 'SRV records',
  connections: 'Connections',
  tls: 'TLS handshake',
  'tls-survey': 'What else the server offers',
  certificates: 'Certificates',
  revocation: 'Revocation',
  exchange: 'HTTP exchange',
  settings: 'Settings',
  redirects: 'Redirects',
  comparison: 'The answers side by side',
  clients: 'What each mail client would do',
  'sign-in-methods': 'Sign-in methods',
  'ntlm-challenge': 'What the server tells of itself (NTLM)',
  'extended-protection': 'Extended Protection',
  token: 'What the token says',
  messages: 'Messages, field by field',
  'response-times': 'Response times',
  facts: 'What was found out',
};

export const evidenceName = (kind: string): string => names[kind] ?? `What was seen (${kind})`;
