/** The way in for somebody who knows what hurts and not which test that is. */

const symptoms = [
  { says: 'Outlook cannot connect', test: 'outlook', shows: 'where on its way to the mailbox it stops' },
  {
    says: 'A new profile cannot be set up',
    test: 'autodiscover',
    shows: 'whether the settings are found for the address, and by which clients',
  },
  { says: 'Outlook keeps asking for the password', test: 'outlook', shows: 'what each server says to the sign-in' },
  { says: 'Certificate warning', test: 'tls', shows: 'names, dates and issuer of what the server sends' },
  { says: 'Check a server’s TLS', test: 'tls', shows: 'name, port, handshake and certificate of one host' },
  {
    says: 'Check a certificate before installing it',
    test: 'certificate',
    shows: 'whether clients will accept it, with its chain, its names and its key',
  },
] as const;

export function Symptoms() {
  return (
    <ul className="divide-y divide-line">
      {symptoms.map(({ says, test, shows }) => (
        <li key={says} className="py-2.5">
          <a href={`/test/${test}`} className="link font-medium">
            {says}
          </a>
          <span className="block text-sm text-soft">Shows {shows}.</span>
        </li>
      ))}
    </ul>
  );
}
