/** Every test there is, as a plain list. */
import Link from 'next/link';

const tests = [
  { id: 'outlook', name: 'Outlook', does: 'finds the server of an address and signs in, as Outlook does' },
  { id: 'tls', name: 'TLS', does: 'opens an encrypted connection to one host and reads its certificate; no password' },
] as const;

export function Tests() {
  return (
    <ul className="grid gap-2">
      {tests.map(({ id, name, does }) => (
        <li key={id}>
          <Link href={`/test/${id}`} prefetch={false} className="link font-medium">
            {name}
          </Link>{' '}
          <span className="text-soft">{does}</span>
        </li>
      ))}
    </ul>
  );
}
