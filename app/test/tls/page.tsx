import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { TestPage } from '#components/form/test-page.tsx';
import { TlsForm } from '#components/form/tls-form.tsx';

export const metadata: Metadata = { title: 'TLS test' };

export default function TlsPage() {
  return (
    <TestPage
      title="Is the encrypted connection to this host in order?"
      does="Resolves the name, opens the port, shakes hands and reads the certificate. Nothing else is sent, and no password is needed."
    >
      <TlsForm action={startTest} initial={{ values: {}, errors: [] }} />
    </TestPage>
  );
}
