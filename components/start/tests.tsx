/** Every test there is, as a plain list. */

const tests = [
  {
    id: 'outlook',
    name: 'Outlook',
    does: 'finds the server of an address, signs in and opens the mailbox, as Outlook does',
  },
  {
    id: 'autodiscover',
    name: 'Autodiscover',
    does: 'goes every way to the settings, and says which client finds them; with or without a password',
  },
  {
    id: 'mapi-http',
    name: 'MAPI over HTTP',
    does: 'opens the mailbox and the address book, as Outlook does today, and measures how long the server takes',
  },
  {
    id: 'rpc-http',
    name: 'RPC over HTTP',
    does: 'opens the mailbox and the address book as older Outlook does (Outlook Anywhere), with and without encryption',
  },
  { id: 'tls', name: 'TLS', does: 'opens an encrypted connection to one host and reads its certificate; no password' },
  {
    id: 'certificate',
    name: 'Certificate',
    does: 'judges a certificate and its chain out of files, before a server has them',
  },
] as const;

export function Tests() {
  return (
    <ul className="grid gap-2">
      {tests.map(({ id, name, does }) => (
        <li key={id}>
          <a href={`/test/${id}`} className="link font-medium">
            {name}
          </a>{' '}
          <span className="text-soft">{does}</span>
        </li>
      ))}
    </ul>
  );
}
