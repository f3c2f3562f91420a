import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { TestPage } from '#components/form/test-page.tsx';
import { TlsForm } from '#components/form/tls-form.tsx';

export const metadata: Metadata = { title: 'TLS test' };

export default function TlsPage() {
  return (
    <TestPage
      title="Is the encrypted connection to this host in order?"
      does="Resolves the name, opens the port, shakes hands in every version of TLS, reads the certificate and asks for the first page. No password is needed."
    >
      <TlsForm action={startTest} initial={{ values: {}, errors: [] }} />
    </TestPage>
  );
}
